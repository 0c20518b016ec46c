import { DataTable, shown } from "#components/ui/data-table.tsx";
import { FilePath } from "#components/ui/file-path.tsx";
import { SideMark } from "#components/ui/marks.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import type { SortLink } from "#components/ui/sort-links.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { SIDE_OF_CHANGE } from "#lib/display/sides.ts";
import { type FileSort, fileDelta } from "#lib/exports/file-changes.ts";
import { FILE_CHANGE_COLUMNS, FILE_CHANGE_WORDS, FILE_DELTA } from "#lib/exports/tables/diff.ts";
import type { FileChange } from "#lib/model/answer.ts";
import { DeltaBar, DeltaHeading, SideBytes } from "./figures.tsx";

interface FileChangeTableProps {
  readonly changes: readonly FileChange[];
  /** The total, listed or not. */
  readonly count: number;
  readonly limit: number;
  readonly moreHref?: string | undefined;
  /** Absent in a report, whose rows stay in their order. */
  readonly sortBy?: ((sort: FileSort) => SortLink) | undefined;
  /** A file's page, or that of its difference. */
  readonly hrefOf?: ((row: FileChange) => string) | undefined;
}

const { path, change, leftBytes, rightBytes } = FILE_CHANGE_COLUMNS;

/** Names that differ between two artifacts, the largest differences first by default. */
export function FileChangeTable({ changes, count, limit, moreHref, sortBy, hrefOf }: FileChangeTableProps) {
  const widest = Math.max(1, ...changes.slice(0, limit).map((row) => Math.abs(fileDelta(row))));
  return (
    <DataTable
      label="Files that differ"
      rows={changes}
      keyOf={(row) => row.path}
      empty="No files match."
      limit={limit}
      total={count}
      rest={(more) => formatCounted(more, "more file")}
      moreHref={changes.length > limit ? moreHref : undefined}
      columns={[
        shown(path, {
          sort: sortBy?.("path"),
          className: "max-w-0 min-w-44 sm:w-[52%]",
          cell: (row) => <Name row={row} href={hrefOf?.(row)} />,
        }),
        shown(change, { from: "md", className: "text-dim", cell: (row) => FILE_CHANGE_WORDS[row.change] }),
        shown(leftBytes, { sort: sortBy?.("left"), from: "sm", cell: ({ left }) => <SideBytes of={left} /> }),
        shown(rightBytes, { sort: sortBy?.("right"), from: "sm", cell: ({ right }) => <SideBytes of={right} /> }),
        shown(FILE_DELTA, {
          heading: <DeltaHeading widest={widest} />,
          sort: sortBy?.("difference"),
          cell: (row) => <DeltaBar bytes={fileDelta(row)} widest={widest} />,
        }),
      ]}
    />
  );
}

function Name({ row, href }: { row: FileChange; href: string | undefined }) {
  return (
    <span className="flex items-center gap-2">
      <SideMark side={SIDE_OF_CHANGE[row.change]} label={FILE_CHANGE_WORDS[row.change]} />
      <MaybeLink href={href} className={href === undefined ? "min-w-0" : "quiet-link min-w-0"}>
        <FilePath path={row.path} />
      </MaybeLink>
    </span>
  );
}
