import Link from "next/link";
import { Amount } from "#components/ui/amount.tsx";
import { Count } from "#components/ui/bytes.tsx";
import { DataTable, type ShownColumn } from "#components/ui/data-table.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { sortLinks } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted, formatShare } from "#lib/display/bytes.ts";
import { graphPath, nodeText, retainedPath } from "#lib/display/paths.ts";
import { KEPT_COLUMNS } from "#lib/exports/tables/retained.ts";
import type { KeptRow } from "#lib/model/kept-tree.ts";
import type { RetainedView } from "#lib/views/retained.ts";
import { CycleMark } from "./cycle-mark.tsx";
import { type RetainedParams, retainedAddress, zoomAddress } from "./retained-address.ts";

interface RetainedTableProps {
  readonly view: RetainedView;
  readonly params: RetainedParams;
}

/** What is directly in the part that is shown; a row leads into it. */
export function RetainedTable({ view, params }: RetainedTableProps) {
  const { artifact, rows, unit, size } = view;
  const path = retainedPath(artifact.digest);
  const { sort, direction = sort === "name" ? "asc" : "desc" } = params;
  const sortBy = sortLinks({ sort, direction }, (by, to) =>
    retainedAddress.format(path, { ...params, sort: by, direction: to }),
  );
  const self: ShownColumn<KeptRow> = {
    name: "Self",
    measure: "selfSize",
    sort: sortBy("self"),
    right: true,
    from: "sm",
    cell: (row) => <Amount value={row.type === "family" ? row.selfSize : row.node.selfSize} unit={unit} />,
  };
  return (
    <DataTable
      label="Directly kept"
      rows={rows.rows}
      keyOf={({ type, node }) => `${type} ${node.nodeIndex}`}
      total={rows.count}
      rest={(count) => formatCounted(count, "more row")}
      moreHref={retainedAddress.more(path, params, "rows")}
      empty="It keeps nothing besides itself."
      columns={[
        {
          name: "Name",
          sort: sortBy("name"),
          className: "max-w-0 w-full min-w-40",
          cell: (row) => <RowName row={row} view={view} params={params} />,
        },
        ...(unit === "bytes" ? [self] : []),
        {
          name: KEPT_COLUMNS.keptCount!.name,
          sort: sortBy("kept"),
          right: true,
          from: "sm",
          cell: (row) => <Count value={row.type === "family" ? row.keptCount - row.count : row.node.keptCount} />,
        },
        {
          name: unit === "bytes" ? "Retained" : "Retained components",
          measure: unit === "bytes" ? "retainedSize" : "retainedCount",
          sort: sortBy("retained"),
          right: true,
          cell: (row) => <Amount value={row.size} unit={unit} />,
        },
        { name: "Share", right: true, from: "sm", cell: (row) => formatShare(row.size, size) },
      ]}
    />
  );
}

function RowName({ row, view: { artifact, path }, params }: RetainedTableProps & { readonly row: KeptRow }) {
  const { node } = row;
  const page = retainedPath(artifact.digest);
  const above = path.at(-1);
  const isLeaf = row.type === "node" && node.keptCount === 0;
  const scope = row.type === "family" ? { node: above && nodeText(above), family: row.name } : { node: nodeText(node) };
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link
        href={isLeaf ? graphPath(artifact.digest, node) : zoomAddress(page, params, scope)}
        scroll={isLeaf}
        prefetch={false}
        className="flex min-w-0 items-center gap-2 hover:text-accent"
      >
        <KindMark kind={node.kind} />
        <span className="min-w-0 truncate">
          <Visible text={node.name} />{" "}
          <span className="text-dim">{row.type === "family" ? `×${row.count}` : <Visible text={node.version} />}</span>
        </span>
      </Link>
      {row.type === "node" ? <CycleMark node={node} /> : null}
    </span>
  );
}
