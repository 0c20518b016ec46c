import Link from "next/link";
import type { ReactNode } from "react";
import { REBASE_PATH, rebaseAddress } from "#components/rebase/rebase-address.ts";
import { ShareForm } from "#components/report/share-form.tsx";
import { Ago } from "#components/ui/bytes.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { ResultHead } from "#components/ui/result-head.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import {
  artifactPath,
  graphPath,
  listedNamePath,
  removePath,
  retainedPath,
  rootsPath,
  withQuery,
} from "#lib/display/paths.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { ArtifactDetail } from "#lib/views/artifact.ts";
import { ClosureSizes, ImageSizes, SbomFigures } from "./size-figures.tsx";

/** The page's subject: its name, its source, and its sizes. */
export function ArtifactHead({ artifact, now }: { artifact: ArtifactDetail; now: number }) {
  return (
    <ResultHead
      title={<Visible text={artifact.name} />}
      below={
        <>
          <Names artifact={artifact} />
          <Facts artifact={artifact} now={now} />
        </>
      }
      actions={
        <div className="flex flex-wrap gap-2.5">
          <Link href={withQuery("/compare", { a: shortDigest(artifact.digest) })} className="button">
            Compare with…
          </Link>
          {artifact.manifestOnly ? null : (
            <>
              {artifact.kind === "sbom" ? null : <ShareForm question="closure" names={[artifact.digest]} />}
              <Link href={graphHref(artifact)} className="button main">
                Open the graph
              </Link>
            </>
          )}
        </div>
      }
    >
      <Sizes artifact={artifact} />
    </ResultHead>
  );
}

/** Number of nodes above which the graph opens as a map: the overview would have most of them in groups. */
const MANY_NODES = 1500;

function graphHref({ digest, nodeCount }: ArtifactDetail): string {
  return withQuery(graphPath(digest), { view: nodeCount > MANY_NODES ? "map" : undefined });
}

function Sizes({ artifact }: { artifact: ArtifactDetail }) {
  if (artifact.kind === "sbom") return <SbomFigures {...artifact} />;
  return artifact.kind === "image" ? <ImageSizes {...artifact} /> : <ClosureSizes {...artifact} />;
}

/** Number of names listed; the command line lists all. */
const SHOWN_NAMES = 24;

/** The names other than the heading's, which is the id if the artifact has no current name. */
function Names({ artifact: { allNames } }: { artifact: ArtifactDetail }) {
  if (allNames.length === 1) return null;
  const others = allNames.slice(1, SHOWN_NAMES);
  const more = allNames.length - 1 - others.length;
  return (
    <p className="mt-1 max-w-3xl text-[0.8125rem] break-words text-dim">
      {allNames.length === 0
        ? "No current name: the name it was scanned under has moved to another artifact. "
        : "Also called "}
      {others.map((name, i) => (
        <span key={name}>
          {i === 0 ? "" : ", "}
          <MaybeLink href={listedNamePath(name)} className="text-ink hover:text-accent">
            <Visible text={name} />
          </MaybeLink>
        </span>
      ))}
      {more > 0 ? ` and ${formatCounted(more, "more name")}` : null}
    </p>
  );
}

function Facts({ artifact, now }: { artifact: ArtifactDetail; now: number }) {
  return (
    <ul className="mt-1.5 flex flex-wrap items-center gap-x-5 gap-y-1 text-[0.8125rem] text-dim">
      <li>
        {artifact.kind === "sbom" ? sbomWords(artifact) : artifact.kind}
        {artifact.platform === "" ? null : (
          <>
            {" for "}
            <Visible text={artifact.platform} />
          </>
        )}
        {artifact.manifestOnly ? ", manifest only" : null}
      </li>
      {artifact.isOutdated ? (
        <li className="text-ink">Read by an earlier version: scan it again to find all that this one finds.</li>
      ) : null}
      <li>
        <Digest value={artifact.digest} />
      </li>
      <li className="min-w-0">
        <CopyText text={artifact.source} what="source" className="max-w-full font-mono text-xs break-all">
          <Visible text={artifact.source} />
        </CopyText>
      </li>
      <li>
        scanned <Ago at={artifact.scannedAt} now={now} />
      </li>
    </ul>
  );
}

const FORMAT_NAMES: Readonly<Record<string, string>> = { cyclonedx: "CycloneDX", spdx: "SPDX" };

/** `SBOM, CycloneDX 1.6`. */
function sbomWords({ format, specVersion }: ArtifactDetail): ReactNode {
  return (
    <>
      SBOM, {FORMAT_NAMES[format] ?? format} <Visible text={specVersion} />
    </>
  );
}

/** The heading of an artifact's list of nodes. */
export function nodesTitle({ kind }: Pick<ArtifactDetail, "kind">): string {
  return kind === "closure" ? "Store items" : "Components";
}

interface ContentsProps {
  readonly artifact: ArtifactDetail;
  readonly wastedCount: number;
  /** Documents that come with an image. */
  readonly attachedCount: number;
}

/** The page's parts, with their counts: links, not tabs. */
export function Contents({ artifact, wastedCount, attachedCount }: ContentsProps) {
  const image = artifact.kind === "image";
  const parts = [
    { id: "layers", label: "Layers", count: artifact.layerCount, shown: image },
    { id: "components", label: nodesTitle(artifact), count: artifact.nodeCount, shown: true },
    { id: "needs", label: "Needs", count: undefined, shown: image },
    { id: "waste", label: "Waste", count: wastedCount, shown: image },
    { id: "files", label: "Files", count: undefined, shown: image },
    { id: "export", label: "Export", count: undefined, shown: true },
    { id: "attached", label: "Attached", count: attachedCount, shown: attachedCount > 0 },
    { id: "names", label: "Names", count: undefined, shown: true },
    { id: "problems", label: "Warnings", count: artifact.problems.length, shown: artifact.problems.length > 0 },
  ];
  return (
    <nav
      aria-label="On this page"
      className="sticky top-13 z-10 -mx-1 mt-6 flex flex-wrap gap-x-5 gap-y-1 border-b border-line bg-ground px-1 py-1 text-[0.8125rem]"
    >
      {parts
        .filter(({ shown }) => shown)
        .map(({ id, label, count }) => (
          <a key={id} href={`#${id}`} className="quiet-link py-1">
            {label} {count === undefined ? null : <span className="text-dim">{formatCount(count)}</span>}
          </a>
        ))}
      <Link href={removePath(artifact.digest)} prefetch={false} className="quiet-link ml-auto py-1">
        {artifact.kind === "sbom" ? "Suspects" : "Remove"}
      </Link>
      {image && !artifact.manifestOnly ? (
        <Link
          href={rebaseAddress.format(REBASE_PATH, { image: shortDigest(artifact.digest) })}
          prefetch={false}
          className="quiet-link py-1"
        >
          Rebase
        </Link>
      ) : null}
      <Link href={retainedPath(artifact.digest)} prefetch={false} className="quiet-link py-1">
        Retained
      </Link>
      <Link href={rootsPath(artifact.digest)} prefetch={false} className="quiet-link py-1">
        Roots
      </Link>
      <Link href={graphPath(artifact.digest)} className="quiet-link py-1">
        Graph <span className="text-dim">{formatCounted(artifact.edgeCount, "edge")}</span>
      </Link>
      <Link href={artifactPath(artifact.digest)} className="sr-only">
        Plain view
      </Link>
    </nav>
  );
}
