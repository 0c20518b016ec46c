import type { ReactNode } from "react";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { column } from "#lib/exports/table.ts";
import { DataTable, type ShownColumn, shown } from "./data-table.tsx";

interface SizedPath {
  readonly path: string;
  readonly bytes: number;
}

interface PathTableProps<Row> {
  readonly label: string;
  /** The largest files; `count` and `bytes` are those of all. */
  readonly rows: readonly Row[];
  readonly count: number;
  readonly bytes: number;
  readonly keyOf: (row: Row) => string;
  readonly pathOf: (row: Row) => ReactNode;
  /** Columns after path and bytes. */
  readonly columns?: readonly ShownColumn<Row>[];
  readonly moreHref?: string | undefined;
}

const BYTES = column<SizedPath>("Bytes", "bytes", ({ bytes }) => bytes);

/** Files with their complete paths and sizes. */
export function PathTable<Row extends SizedPath>(props: PathTableProps<Row>) {
  const { label, rows, count, bytes, keyOf, pathOf, columns = [], moreHref } = props;
  const rest = rows.reduce((sum, row) => sum - row.bytes, bytes);
  return (
    <DataTable
      label={label}
      rows={rows}
      keyOf={keyOf}
      total={count}
      rest={(more) => `${formatCounted(more, "more file")} with ${formatBytes(rest)}`}
      moreHref={moreHref}
      columns={[
        { name: "Path", className: "w-full min-w-40 py-1.5 font-mono text-xs break-all", cell: pathOf },
        shown<Row>(BYTES),
        ...columns,
      ]}
    />
  );
}
