import Link from "next/link";
import { DeltaBar, DeltaHeading } from "#components/diff/figures.tsx";
import { Bytes } from "#components/ui/bytes.tsx";
import { DataTable, None } from "#components/ui/data-table.tsx";
import { SideMark } from "#components/ui/marks.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { fileDiffPath, openedFilePath, whyPath, withQuery } from "#lib/display/paths.ts";
import { SIDE_OF_CHANGE, type Side } from "#lib/display/sides.ts";
import type { ComponentFile } from "#lib/model/component-files.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { ComponentFilesView, ComponentSideView } from "#lib/views/component-files.ts";

interface ScreenProps {
  readonly view: ComponentFilesView;
  readonly moreHref: string | undefined;
}

const CHANGE_SIDES = { changed: "content", added: "added", removed: "removed" } as const;

/** The files of a component in two artifacts, those that differ first. */
export function ComponentFilesScreen({ view, moreHref }: ScreenProps) {
  const { left, right, rows, count, differing } = view;
  const widest = Math.max(1, ...rows.map((row) => Math.abs(deltaOf(row))));
  const name = (right.node ?? left.node)?.name ?? "";
  const [a, b] = [shortDigest(left.artifact.digest), shortDigest(right.artifact.digest)];
  return (
    <>
      <p className="mb-1 text-[0.8125rem] text-dim">
        <Link href={withQuery("/compare", { a, b })} className="text-link">
          All changes
        </Link>
      </p>
      <h1 className="text-2xl font-medium tracking-tight break-words">
        Files of <Visible text={name} />
      </h1>
      <div className="mt-4 mb-6 grid gap-4 sm:grid-cols-2">
        <SideName view={left} side="left" />
        <SideName view={right} side="right" />
      </div>
      <p className="mb-3 text-[0.8125rem] text-dim">
        {differing === 0 ? "All its files are the same." : `${formatCounted(differing, "file")} of ${count} differ.`}
      </p>
      <DataTable
        label="Files of the component"
        rows={rows}
        keyOf={({ path }) => path}
        total={count}
        rest={(more) => formatCounted(more, "more file")}
        moreHref={moreHref}
        empty="It has no regular files here."
        columns={[
          {
            name: "Path",
            className: "w-full min-w-40 py-1.5 font-mono text-xs break-all",
            cell: (row) => <FileLink row={row} view={view} />,
          },
          { name: "Change", from: "sm", className: "text-dim", cell: ({ change }) => change },
          { name: "Left", right: true, from: "sm", cell: ({ left: bytes }) => <Size bytes={bytes} /> },
          { name: "Right", right: true, cell: ({ right: bytes }) => <Size bytes={bytes} /> },
          {
            name: "Difference",
            heading: <DeltaHeading widest={widest} />,
            right: true,
            cell: (row) => <DeltaBar bytes={deltaOf(row)} widest={widest} />,
          },
        ]}
      />
    </>
  );
}

function deltaOf({ left, right }: ComponentFile): number {
  return (right ?? 0) - (left ?? 0);
}

function SideName({ view: { artifact, node }, side }: { view: ComponentSideView; side: Side }) {
  return (
    <p className="flex min-w-0 items-center gap-2 rounded-lg border border-line px-4 py-3 text-[0.8125rem]">
      <SideMark side={side} />
      <span className="min-w-0">
        {node === undefined ? (
          <span className="text-dim">not in </span>
        ) : (
          <Link href={whyPath(artifact.digest, node)} prefetch={false} className="text-link">
            <Visible text={`${node.name} ${node.version}`.trim()} />
          </Link>
        )}{" "}
        <Visible text={artifact.name} className="text-dim" />
      </span>
    </p>
  );
}

/** Changed files lead to their difference, others to themselves. */
function FileLink({ row: { path, change }, view: { left, right } }: { row: ComponentFile; view: ComponentFilesView }) {
  const side = change === "removed" ? left : right;
  const toPath = ({ artifact, node }: ComponentSideView) =>
    artifact.kind === "closure" ? `${node?.id ?? ""}${path === "" ? "" : "/"}${path}`.replace(/^\//, "") : path;
  const hasDiff = change === "changed" && toPath(left) === toPath(right);
  const href = hasDiff
    ? fileDiffPath(left.artifact.digest, right.artifact.digest, `/${toPath(right)}`)
    : openedFilePath(side.artifact.digest, toPath(side));
  return (
    <span className="flex items-center gap-2">
      {change === "same" ? null : <SideMark side={SIDE_OF_CHANGE[CHANGE_SIDES[change]]} label={change} />}
      <Link href={href} prefetch={false} className="quiet-link">
        <Visible text={path === "" ? "the item itself" : path} />
      </Link>
    </span>
  );
}

function Size({ bytes }: { bytes: number | null }) {
  return bytes === null ? <None /> : <Bytes value={bytes} />;
}
