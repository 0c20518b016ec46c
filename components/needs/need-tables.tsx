import Link from "next/link";
import { NodeName } from "#components/artifact/node-table.tsx";
import { DataTable, None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import type { SortLink } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { listedFilePath, whyPath } from "#lib/display/paths.ts";
import type { Column } from "#lib/exports/table.ts";
import { UNASKED_COLUMNS, UNDECLARED_COLUMNS, UNMET_COLUMNS, UNUSED_COLUMNS } from "#lib/exports/tables/needs.ts";
import type { NeedNode, UnaskedRow, UndeclaredRow, UnmetRow, UnusedRow } from "#lib/model/needs-answer.ts";
import type { NeedRows, NeedSort } from "#lib/views/needs.ts";

interface NeedTableProps<Row> {
  readonly digest: string;
  readonly list: NeedRows<Row>;
  readonly sortBy: (sort: NeedSort) => SortLink;
  readonly moreHref: string | undefined;
}

const NAME_CLASS = "max-w-0 min-w-36 sm:w-[24%]";
const TEXT_CLASS = "min-w-40 py-1.5 font-mono text-xs break-all";

export function UnmetTable(props: NeedTableProps<UnmetRow>) {
  const { digest, sortBy } = props;
  const { component, need, path } = UNMET_COLUMNS;
  return (
    <NeedTable<UnmetRow>
      {...props}
      label="Needs that nothing meets"
      empty="Everything that a component needs is there."
      columns={[
        nodeColumn(component, props, ({ component: node }) => node),
        shown<UnmetRow>(need, { sort: sortBy("other"), className: TEXT_CLASS, cell: (row) => <Need row={row} /> }),
        shown<UnmetRow>(path, {
          from: "sm",
          className: TEXT_CLASS,
          cell: ({ path: file }) => <FileLink digest={digest} path={file} />,
        }),
      ]}
    />
  );
}

/** The need, with the whole message where that says more. */
function Need({ row: { need, message } }: { row: UnmetRow }) {
  return (
    <span className="block">
      <Visible text={need} />
      {message === need ? null : (
        <span className="block font-sans text-dim break-words">
          <Visible text={message} />
        </span>
      )}
    </span>
  );
}

function FileLink({ digest, path }: { digest: string; path: string }) {
  if (path === "") return <None />;
  return (
    <MaybeLink href={listedFilePath(digest, path)} className="quiet-link">
      <Visible text={`/${path}`} />
    </MaybeLink>
  );
}

export function UndeclaredTable(props: NeedTableProps<UndeclaredRow>) {
  const { component, other, detail, through } = UNDECLARED_COLUMNS;
  return (
    <NeedTable<UndeclaredRow>
      {...props}
      label="Libraries that are linked and not declared"
      empty="Every library that a package links is declared."
      columns={[
        nodeColumn(component, props, ({ component: node }) => node),
        nodeColumn(other, props, ({ other: node }) => node, "other"),
        shown<UndeclaredRow>(detail, { from: "md", className: TEXT_CLASS }),
        { ...nodeColumn(through, props, ({ through: node }) => node, null), from: "sm" },
      ]}
    />
  );
}

export function UnusedTable(props: NeedTableProps<UnusedRow>) {
  const { sortBy } = props;
  const { component, other, detail, libraries, programs, retainedSize } = UNUSED_COLUMNS;
  return (
    <NeedTable<UnusedRow>
      {...props}
      label="Declared dependencies that no file shows in use"
      empty="Every declared dependency that could show in files does."
      columns={[
        nodeColumn(component, props, ({ component: node }) => node),
        nodeColumn(other, props, ({ other: node }) => node, "other"),
        shown<UnusedRow>(detail, { from: "md", className: TEXT_CLASS }),
        shown<UnusedRow>(libraries, { from: "sm" }),
        shown<UnusedRow>(programs, { from: "sm" }),
        shown<UnusedRow>(retainedSize, { sort: sortBy("retained") }),
      ]}
    />
  );
}

export function UnaskedTable(props: NeedTableProps<UnaskedRow>) {
  const { sortBy } = props;
  const { component, selfSize, retainedSize, isTop } = UNASKED_COLUMNS;
  return (
    <NeedTable<UnaskedRow>
      {...props}
      label="Components that nothing asked for"
      empty="Every component was asked for, or is needed by one that was."
      columns={[
        nodeColumn(component, props, ({ component: node }) => node),
        shown<UnaskedRow>(isTop, { from: "sm", cell: (row) => (row.isTop ? "by nothing" : "by others in this list") }),
        shown<UnaskedRow>(selfSize, { sort: sortBy("self") }),
        shown<UnaskedRow>(retainedSize, { sort: sortBy("retained") }),
      ]}
    />
  );
}

/** A component with the link to its page; sorted by it unless `sort` is `null`. */
function nodeColumn<Row>(
  column: Column<Row>,
  { digest, sortBy }: Pick<NeedTableProps<Row>, "digest" | "sortBy">,
  nodeOf: (row: Row) => NeedNode | null,
  sort: NeedSort | null = "name",
): ShownColumn<Row> {
  return shown<Row>(column, {
    sort: sort === null ? undefined : sortBy(sort),
    className: NAME_CLASS,
    cell: (row) => <NodeLink digest={digest} node={nodeOf(row)} />,
  });
}

function NodeLink({ digest, node }: { digest: string; node: NeedNode | null }) {
  if (node === null) return <None />;
  return (
    <Link href={whyPath(digest, node)} prefetch={false} className="flex items-center gap-2 hover:text-accent">
      <KindMark kind={node.kind} />
      <NodeName node={node} />
    </Link>
  );
}

interface TableProps<Row> extends NeedTableProps<Row> {
  readonly label: string;
  readonly empty: string;
  readonly columns: readonly ShownColumn<Row>[];
}

function NeedTable<Row>({ list, label, empty, columns, moreHref }: TableProps<Row>) {
  const rows = list.rows.map((row, place) => ({ row, place }));
  const isFiltered = list.kinds.length > 0 && list.matching === 0;
  return (
    <DataTable
      label={label}
      rows={rows}
      keyOf={({ place }) => place}
      empty={isFiltered ? "No row matches the filter." : empty}
      total={list.matching}
      rest={(count) => formatCounted(count, "more row")}
      moreHref={moreHref}
      columns={columns.map(({ cell, ...column }) => ({
        ...column,
        cell: (each: (typeof rows)[number]) => cell(each.row),
      }))}
    />
  );
}
