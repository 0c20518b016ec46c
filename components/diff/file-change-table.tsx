import { Bytes } from "#components/ui/bytes.tsx";
import { FilePath } from "#components/ui/file-path.tsx";
import { SideMark } from "#components/ui/side-mark.tsx";
import { Cell, CutRow, Heading, SortHeading, type SortLink, TableFrame } from "#components/ui/table.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { type FileSort, fileDelta } from "#lib/display/file-changes.ts";
import { SIDE_OF_CHANGE } from "#lib/display/sides.ts";
import type { FileChange, FileChangeKind } from "#lib/model/answer.ts";
import { DeltaBar } from "./component-change-table.tsx";

export const FILE_CHANGE_WORDS: Readonly<Record<FileChangeKind, string>> = {
  added: "added",
  removed: "removed",
  content: "modified",
  metadata: "metadata changed",
};

interface FileChangeTableProps {
  readonly changes: readonly FileChange[];
  /** All that there are, listed or not. */
  readonly count: number;
  readonly limit: number;
  readonly moreHref?: string | undefined;
  /** Not in a report: its rows stay as they are. */
  readonly sortBy?: ((sort: FileSort) => SortLink) | undefined;
}

const COLUMNS = 5;

/** Names that differ between two artifacts, the largest differences first unless another order was asked for. */
export function FileChangeTable({ changes, count, limit, moreHref, sortBy }: FileChangeTableProps) {
  const shown = changes.slice(0, limit);
  const widest = Math.max(1, ...shown.map((row) => Math.abs(fileDelta(row))));
  const cut = count - shown.length;
  return (
    <TableFrame label="Files that differ">
      <thead>
        <tr>
          <FileHeading sort="path" sortBy={sortBy}>
            Path
          </FileHeading>
          <Heading className="hidden md:table-cell">Change</Heading>
          <FileHeading sort="left" sortBy={sortBy}>
            Left
          </FileHeading>
          <FileHeading sort="right" sortBy={sortBy}>
            Right
          </FileHeading>
          <FileHeading sort="difference" sortBy={sortBy}>
            Difference
          </FileHeading>
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <FileRow key={row.path} row={row} widest={widest} />
        ))}
        {shown.length === 0 ? <CutRow columns={COLUMNS}>No file differs in this way.</CutRow> : null}
        {cut > 0 ? (
          <CutRow columns={COLUMNS} href={changes.length > limit ? moreHref : undefined}>
            {formatCounted(cut, "more file")}
          </CutRow>
        ) : null}
      </tbody>
    </TableFrame>
  );
}

interface FileHeadingProps extends Pick<FileChangeTableProps, "sortBy"> {
  readonly sort: FileSort;
  readonly children: string;
}

function FileHeading({ sort, sortBy, children }: FileHeadingProps) {
  const align = sort === "path" ? "left" : "right";
  const className = sort === "left" || sort === "right" ? "hidden sm:table-cell" : "";
  const look = { align, className } as const;
  if (sortBy === undefined) return <Heading {...look}>{children}</Heading>;
  return (
    <SortHeading sort={sortBy(sort)} {...look}>
      {children}
    </SortHeading>
  );
}

function FileRow({ row, widest }: { row: FileChange; widest: number }) {
  const { change, path, left, right } = row;
  const words = FILE_CHANGE_WORDS[change];
  return (
    <tr className="hover:bg-shade">
      <Cell className="max-w-0 min-w-44 sm:w-[52%]">
        <span className="flex items-center gap-2">
          <SideMark side={SIDE_OF_CHANGE[change]} label={words} />
          <FilePath path={path} />
        </span>
      </Cell>
      <Cell className="hidden text-dim md:table-cell">{words}</Cell>
      <Cell align="right" className="hidden sm:table-cell">
        {left === null ? <span className="text-dim">–</span> : <Bytes value={left.bytes} />}
      </Cell>
      <Cell align="right" className="hidden sm:table-cell">
        {right === null ? <span className="text-dim">–</span> : <Bytes value={right.bytes} />}
      </Cell>
      <Cell align="right">
        <DeltaBar bytes={fileDelta(row)} widest={widest} />
      </Cell>
    </tr>
  );
}
