import Link from "next/link";
import type { ReactNode } from "react";
import { ChangeMap } from "#components/charts/change-map.tsx";
import { PairCorrelation } from "#components/correlation/pair-correlation.tsx";
import { compareGraphPath, type DiffParams, diffAddress, FILE_CHANGES } from "#components/set/set-address.ts";
import { Section } from "#components/ui/section.tsx";
import { sortLinks } from "#components/ui/sort-links.ts";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { fileDiffPath, openedFilePath, whyPath } from "#lib/display/paths.ts";
import { chooseChanges } from "#lib/exports/component-changes.ts";
import { chooseFileChanges } from "#lib/exports/file-changes.ts";
import type {
  ComponentChange,
  DiffAnswer,
  FileChange,
  FileChangeKind,
  FileCounts,
  LayerChangeKind,
} from "#lib/model/answer.ts";
import { commonUnit } from "#lib/model/measure-unit.ts";
import { ChangeTree } from "./change-tree.tsx";
import { ComponentChangeTable } from "./component-change-table.tsx";
import { CountedDiffHead, DiffHead } from "./diff-head.tsx";
import { ComponentTools, changeOrder, diffHref, FileTools, fileOrder, rowLimitOf, TableLink } from "./diff-tools.tsx";
import { FileChangeTable } from "./file-change-table.tsx";
import { LayerMatchTable } from "./layer-match-table.tsx";
import { nameUnowned } from "./name-unowned.ts";

interface DiffResultProps {
  readonly answer: DiffAnswer;
  readonly share?: ReactNode;
  /** The filters and orders of a page's URL, which adds links and controls. A stored report has none. */
  readonly params?: DiffParams | undefined;
}

type PartProps = Omit<DiffResultProps, "share">;

/** Rows per table in a stored report. */
const REPORT_ROWS = 200;

/** The complete answer to "what changed from one to the other". Pure: an answer in, markup out. */
export function DiffResult({ answer: stored, share, params }: DiffResultProps) {
  const answer = nameUnowned(stored);
  const names = nameArtifacts(answer.artifacts);
  const images = answer.artifacts.every(({ kind }) => kind === "image");
  // An SBOM states no bytes: no picture to scale, no layers, no files, and nothing that a report could draw.
  if (commonUnit(answer.artifacts) === "components") {
    return (
      <>
        <CountedDiffHead answer={answer} names={names} />
        <Components answer={answer} params={params} />
        <CameIn answer={answer} params={params} />
      </>
    );
  }
  return (
    <>
      <DiffHead answer={answer} names={names} share={share} />
      <div className="mt-10">
        <PairCorrelation answer={answer} names={names} />
        <InCommon answer={answer} />
      </div>
      <Components answer={answer} params={params} />
      <CameIn answer={answer} params={params} />
      {images ? (
        <Section
          id="layers"
          title="Layers"
          note={layerNote(answer)}
          tools={params && <TableLink table="layers" params={params} />}
        >
          <LayerMatchTable answer={answer} />
        </Section>
      ) : null}
      <Files answer={answer} params={params} />
    </>
  );
}

/** The picture's conclusion in a sentence. */
function InCommon({ answer }: { answer: DiffAnswer }) {
  const kinds = new Set(answer.artifacts.map(({ kind }) => kind));
  const text =
    kinds.size === 2 ? acrossInCommon(answer) : kinds.has("image") ? layersInCommon(answer) : itemsInCommon(answer);
  return <p className="mt-3 max-w-3xl text-[0.8125rem]">{text}</p>;
}

const ACROSS = "An image and a closure share no layers and no store items: their components are matched by name.";

function acrossInCommon({ likeness }: DiffAnswer): string {
  const alike = (likeness[0]?.bands ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
  return alike === 0 ? ACROSS : `${ACROSS} File by file, ${formatBytes(alike)} are the same.`;
}

function itemsInCommon({ components }: DiffAnswer): string {
  const same = components.filter(({ change }) => change === "same");
  const bytes = same.reduce((sum, { left }) => sum + (left?.bytes ?? 0), 0);
  if (same.length === 0) return "The closures share no store items.";
  return `Stored once for both, ${formatBytes(bytes)}: ${formatCounted(same.length, "item")} of ${formatCounted(components.length, "name")}.`;
}

function layersInCommon({ layers, likeness }: DiffAnswer): string {
  const sumOf = (change: LayerChangeKind) =>
    layers.filter((row) => row.change === change).reduce((sum, { contentSize }) => sum + contentSize, 0);
  const [chain, moved] = [sumOf("same"), sumOf("moved")];
  const alike = (likeness[0]?.bands ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
  const parts = [chain === 0 ? "The images share no layers." : `A disk stores ${formatBytes(chain)} once for both.`];
  if (moved > 0)
    parts.push(
      `${formatBytes(moved)} are in equal layers on different bases: stored once in a registry, twice on a disk.`,
    );
  if (alike > 0) parts.push(`File by file, ${formatBytes(alike)} are the same in different layers.`);
  return parts.join(" ");
}

function layerNote({ layers }: DiffAnswer): string {
  const count = (change: LayerChangeKind) => layers.filter((row) => row.change === change).length;
  const parts = [`${formatCounted(count("same"), "layer")} in the same position`];
  if (count("moved") > 0) parts.push(`${count("moved")} on a different base`);
  parts.push(`${count("removed") + count("added")} on one side`);
  return parts.join(", ");
}

function Components({ answer, params }: PartProps) {
  const { sort, direction } = changeOrder(params);
  const { change = [], kind = [], q = "", least = 0 } = params ?? {};
  const filter = { changes: change, kinds: kind, text: q, minBytes: least, sort, direction };
  const rows = chooseChanges(answer.components, filter);
  return (
    <Section
      id="components"
      title="Components"
      note={formatCounted(rows.length, "row")}
      tools={params && <ComponentTools answer={answer} params={params} />}
    >
      {commonUnit(answer.artifacts) === "bytes" ? (
        <div className="mb-5">
          <ChangeMap rows={rows} hrefOf={params && ((row) => whyHref(answer, row))} />
        </div>
      ) : null}
      <ComponentChangeTable
        artifacts={answer.artifacts}
        rows={rows}
        limit={params === undefined ? REPORT_ROWS : rowLimitOf(answer, params)}
        sortBy={
          params && sortLinks({ sort, direction }, (key, next) => diffHref(params, { sort: key, direction: next }))
        }
        moreHref={params && diffAddress.more("/compare", params, "rows", "#components")}
        linked={params !== undefined}
      />
    </Section>
  );
}

function CameIn({ answer, params }: PartProps) {
  const { tree, components, artifacts } = answer;
  if (tree.nodes.every(({ parent }) => parent === null)) return null;
  return (
    <Section
      id="graph"
      title="Paths to the changes"
      note={formatCounted(tree.nodes.length, "node")}
      tools={
        params && (
          <Link href={compareGraphPath(artifacts[0].id, artifacts[1].id)} prefetch={false} className="text-link">
            Open both graphs as one
          </Link>
        )
      }
    >
      <ChangeTree
        tree={tree}
        components={components}
        unit={commonUnit(artifacts)}
        hrefOf={(row) => params && whyHref(answer, row)}
      />
    </Section>
  );
}

/** A component's dependency path, on the right if it is present there. */
function whyHref({ artifacts: [left, right] }: DiffAnswer, row: ComponentChange): string | undefined {
  const [artifact, version] = row.right === null ? [left, row.left] : [right, row.right];
  return version === null ? undefined : whyPath(artifact.digest, version.id);
}

/** The difference of a file that both sides have; else the file. */
function fileHref({ artifacts: [left, right] }: DiffAnswer, row: FileChange): string {
  if (row.left !== null && row.right !== null) return fileDiffPath(left.digest, right.digest, `/${row.path}`);
  return openedFilePath((row.right === null ? left : right).digest, row.path);
}

const BY_CONTENT =
  "An image and a closure have no paths in common: files are matched by content, whatever their names.";

function Files({ answer, params }: PartProps) {
  const { files } = answer;
  if (files === null) {
    return (
      <Section id="files" title="Files">
        <p className="text-[0.8125rem] text-dim">
          A store's database does not list files: scan the store with <code>--files</code> to compare them here.
        </p>
      </Section>
    );
  }
  const { changes, counts } = files;
  const all = countFiles(counts, FILE_CHANGES);
  const order = fileOrder(params);
  return (
    <Section
      id="files"
      title="Files"
      note={all === 0 ? "all the same" : `${formatCounted(all, "name")} differ, largest differences first`}
      tools={params && <FileTools counts={counts} params={params} />}
    >
      {all === 0 ? (
        <p className="text-[0.8125rem] text-dim">Both contain the same files.</p>
      ) : (
        <>
          {files.by === "content" ? <p className="mb-3 max-w-3xl text-[0.8125rem] text-dim">{BY_CONTENT}</p> : null}
          <FileChangeTable
            changes={params === undefined ? changes : chooseFileChanges(changes, { changes: params.file, ...order })}
            count={params === undefined || params.file.length === 0 ? all : countFiles(counts, params.file)}
            limit={params?.files ?? REPORT_ROWS}
            moreHref={params && diffAddress.more("/compare", params, "files", "#files")}
            hrefOf={params && files.by !== "content" ? (row) => fileHref(answer, row) : undefined}
            sortBy={
              params &&
              sortLinks(order, (key, next) => `${diffHref(params, { filesort: key, filedirection: next })}#files`)
            }
          />
        </>
      )}
    </Section>
  );
}

function countFiles(counts: FileCounts, changes: readonly FileChangeKind[]): number {
  return changes.reduce((sum, change) => sum + counts[change], 0);
}
