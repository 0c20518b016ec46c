import Link from "next/link";
import { NodeMeasures } from "#components/artifact/node-measures.tsx";
import { Neighbours, NodeFacts, PathList } from "#components/graph/neighbours.tsx";
import { PathTable } from "#components/ui/path-table.tsx";
import { ResultHead } from "#components/ui/result-head.tsx";
import { MoreLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { artifactKind } from "#lib/display/artifact-kind.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { pathCountWords } from "#lib/display/path-words.ts";
import {
  type AddressedNode,
  artifactPath,
  graphPath,
  layerPath,
  openedFilePath,
  pathsPath,
  whyPath,
} from "#lib/display/paths.ts";
import { rootReasonWords } from "#lib/display/root-reason.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import type { NodeRow, WhyView } from "#lib/views/why.ts";
import { Cuts } from "./cuts.tsx";
import { Programs } from "./node-programs.tsx";

interface WhyScreenProps {
  readonly view: WhyView;
  /** The URLs that show more of its lists. */
  readonly more: Readonly<Record<"paths" | "files" | "programs" | "rows" | "edges", string | undefined>>;
}

/** Why a node is in an artifact: its paths from the roots, its edges, and what is removed together with it. */
export function WhyScreen({ view, more }: WhyScreenProps) {
  const { artifact, references, referrers, keeps, cycle } = view;
  const hrefOf = (node: AddressedNode) => whyPath(artifact.digest, node);
  const lists = { unit: unitOf(artifact), hrefOf, moreHref: more.rows };
  return (
    <>
      <WhyHead view={view} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-14 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="min-w-0">
          <Paths view={view} moreHref={more.paths} hrefOf={hrefOf} />
          <Cuts cuts={view.cuts} moreHref={more.edges} hrefOf={hrefOf} />
          <Files view={view} moreHref={more.files} />
          <Programs digest={artifact.digest} node={view.node} programs={view.programs} moreHref={more.programs} />
        </div>
        <div className="mt-7">
          <Neighbours
            title="Removed together with it"
            list={keeps}
            {...lists}
            none="Nothing: everything it needs is also needed elsewhere."
            edges={false}
          />
          {cycle.count === 0 ? null : (
            <Neighbours title="It and these need each other" list={cycle} {...lists} none="" edges={false} />
          )}
          <Neighbours title="Needed by" list={referrers} {...lists} none="Nothing needs it." />
          <Neighbours title="Needs" list={references} {...lists} none="It needs nothing." />
        </div>
      </div>
    </>
  );
}

/** A file of a store item, without the leading slash. */
function itemPath(storePath: string, path: string): string {
  return `${storePath}${path === "" ? "" : "/"}${path}`.slice(1);
}

/** The layers that have the files of a node. */
function Layers({ artifact, layers }: Pick<WhyView, "artifact" | "layers">) {
  if (layers.length === 0) return null;
  const shown = layers.slice(0, SHOWN_LAYERS);
  return (
    <p className="mb-3 text-[0.8125rem] text-dim">
      Added by{" "}
      {shown.map(({ layer, bytes }, i) => (
        <span key={layer}>
          {i === 0 ? "" : ", "}
          <Link href={layerPath(artifact.digest, layer)} prefetch={false} className="text-link">
            layer {layer}
          </Link>{" "}
          ({formatBytes(bytes)})
        </span>
      ))}
      {layers.length > shown.length ? ` and ${formatCounted(layers.length - shown.length, "more layer")}` : ""}
    </p>
  );
}

/** Layers listed: nearly all components are in one. */
const SHOWN_LAYERS = 6;

/** Jars in a jar, modules and crates in a program: the file as a whole belongs to what needs them. */
const INSIDE_FILES: ReadonlySet<string> = new Set(["maven", "golang", "cargo"]);

function noFilesText({ kind, selfSize }: WhyView["node"]): string {
  if (selfSize > 0) return "None: only links and directories.";
  return INSIDE_FILES.has(kind)
    ? "It has no file of its own: its bytes are a part of a file that belongs to what needs it."
    : "None visible in a container.";
}

function Files({ view: { artifact, node, files, layers }, moreHref }: { view: WhyView; moreHref: string | undefined }) {
  if (artifact.kind === "sbom") return null;
  if (files === undefined) {
    return (
      <Section id="files" title="Files">
        <p className="text-[0.8125rem] text-dim">
          A store's database does not list files: scan the store with <code className="font-mono text-xs">--files</code>{" "}
          to show them here.
        </p>
      </Section>
    );
  }
  const [what, root] = artifact.kind === "image" ? ["that belong to it", "/"] : ["in it", ""];
  return (
    <Section id="files" title="Files" note={`${formatCounted(files.count, "file")} ${what}, largest first`}>
      <Layers artifact={artifact} layers={layers} />
      {files.count === 0 ? (
        <p className="text-[0.8125rem] text-dim">{noFilesText(node)}</p>
      ) : (
        <PathTable
          label="Own files"
          {...files}
          keyOf={({ path }) => path}
          pathOf={({ path }) => (
            <Link
              href={openedFilePath(artifact.digest, artifact.kind === "image" ? path : itemPath(node.id, path))}
              prefetch={false}
              className="quiet-link"
            >
              <Visible text={path === "" ? "the item itself" : root + path} />
            </Link>
          )}
          moreHref={moreHref}
        />
      )}
    </Section>
  );
}

function WhyHead({ view: { artifact, node } }: { view: WhyView }) {
  return (
    <>
      <p className="mb-1 text-[0.8125rem] text-dim">
        Why is this in{" "}
        <Link
          href={artifactPath(artifact.digest)}
          className="text-ink underline decoration-line-strong underline-offset-3 hover:text-accent"
        >
          <Visible text={artifact.name} />
        </Link>
        ?
      </p>
      <ResultHead
        title={
          <>
            <Visible text={node.name} /> <Visible text={node.version} className="font-normal text-dim" />
          </>
        }
        below={
          <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem] text-dim">
            <NodeFacts node={node} />
          </div>
        }
        actions={
          <Link href={graphPath(artifact.digest, node)} className="button main">
            Show in the graph
          </Link>
        }
      >
        <NodeMeasures
          node={node}
          unit={unitOf(artifact)}
          whole={{ value: wholeOf(artifact), kind: wordOf(artifact) }}
        />
      </ResultHead>
    </>
  );
}

/** The size of the whole artifact in its own unit. */
function wholeOf({ kind, rootfsSize = 0, closureSize, nodeCount }: WhyView["artifact"]): number {
  if (kind === "image") return rootfsSize;
  return kind === "closure" ? closureSize : nodeCount;
}

function wordOf({ kind }: WhyView["artifact"]): string {
  return artifactKind({ kind });
}

interface PathsProps {
  readonly view: WhyView;
  readonly moreHref: string | undefined;
  readonly hrefOf: (node: NodeRow) => string;
}

function Paths({ view: { artifact, paths, morePaths, pathCount, node }, moreHref, hrefOf }: PathsProps) {
  return (
    <Section
      id="paths"
      title="Dependency paths"
      note={paths.length === 0 ? undefined : `${pathCountWords(pathCount)} from the roots, the shortest first`}
      tools={
        pathCount.count < 2 ? undefined : (
          <Link href={pathsPath(artifact.digest, node)} prefetch={false} className="text-link">
            Draw them as one graph
          </Link>
        )
      }
    >
      {paths.length === 0 ? <p className="text-[0.8125rem] text-dim">No root reaches it.</p> : null}
      <ol className="space-y-6">
        {paths.map((path, i) => (
          <li key={path.map((step) => step.node.nodeIndex).join(" ")} aria-label={`Path ${i + 1}`}>
            {path.length === 1 ? (
              <p className="text-[0.8125rem]">
                <Visible text={node.name} /> is a root{toReason(node)}.
              </p>
            ) : (
              <PathList path={path} hrefOf={hrefOf} />
            )}
          </li>
        ))}
      </ol>
      {morePaths ? (
        <p className="mt-5 text-[0.8125rem] text-dim">
          {pathCount.exact ? formatCounted(pathCount.count - paths.length, "more path") : "More paths exist"}
          <MoreLink href={moreHref} />
        </p>
      ) : null}
    </Section>
  );
}

function toReason({ rootReason }: NodeRow): string {
  return rootReason === undefined ? "" : `: ${rootReasonWords(rootReason)}`;
}
