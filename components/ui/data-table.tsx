import Link from "next/link";
import type { Key, ReactNode } from "react";
import { MoreLink } from "#components/ui/section.tsx";
import type { SortLink } from "#components/ui/sort-links.ts";
import { formatShare } from "#lib/display/bytes.ts";
import { MEASURES, type MeasureName } from "#lib/display/measures.ts";
import { type Column, isNumber } from "#lib/exports/table.ts";
import { Bytes, Count, Delta } from "./bytes.tsx";
import { Digest } from "./digest.tsx";
import { MeasureLabel } from "./measure.tsx";
import { ScrollBox } from "./scroll-box.tsx";
import { Visible } from "./visible.tsx";

const FROM = {
  sm: "hidden sm:table-cell",
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
  xl: "hidden xl:table-cell",
} as const;

/** How a page shows a column. */
export interface ShownColumn<Row> {
  /** Its heading; default: its name. */
  readonly name: string;
  readonly heading?: ReactNode;
  /** The measure whose definition the heading links to. */
  readonly measure?: MeasureName | undefined;
  readonly right?: boolean;
  readonly sort?: SortLink | undefined;
  /** The minimum page width at which it is shown. */
  readonly from?: keyof typeof FROM | undefined;
  readonly headingClass?: string;
  /** Class of its cells. */
  readonly className?: string;
  readonly cell: (row: Row) => ReactNode;
}

/** A declared column on a page: its name, and its values formatted by kind, unless `look` overrides them. */
export function shown<Row>(column: Column<Row>, look: Partial<ShownColumn<Row>> = {}): ShownColumn<Row> {
  const { name, kind, measure, value } = column;
  return {
    name,
    measure,
    right: isNumber(kind),
    cell: (row) => <Value value={value(row)} kind={kind} />,
    ...look,
  };
}

type ValueProps = { readonly value: ReturnType<Column<never>["value"]>; readonly kind: Column<never>["kind"] };

function Value({ value, kind }: ValueProps) {
  if (value === null) return <None />;
  if (typeof value !== "number")
    return kind === "digest" ? <Digest value={`${value}`} /> : <Visible text={`${value}`} />;
  if (kind === "bytes") return <Bytes value={value} />;
  if (kind === "delta") return <Delta value={value} />;
  return kind === "share" ? formatShare(value, 1) : <Count value={value} />;
}

/** An empty or unknown value in a cell. */
export function None() {
  return <span className="text-dim">–</span>;
}

interface DataTableProps<Row> {
  /** Label of the region around the table, which scrolls sideways on a narrow page; without a label there is no region. */
  readonly label?: string;
  readonly columns: readonly ShownColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => Key;
  readonly rowClass?: (row: Row) => string;
  readonly rowProps?: (row: Row) => Readonly<Record<string, string | number | boolean | undefined>>;
  /** Fixed height of every row, in pixels. Column widths then follow the headings. */
  readonly rowHeight?: number;
  /** Shown if there are no rows. */
  readonly empty?: string;
  /** Rows listed, and how many there are in all; default: `rows`. */
  readonly limit?: number;
  readonly total?: number;
  /** A note about the others, of which `hidden` are known, and a link to more. */
  readonly rest?: (count: number, hidden: readonly Row[]) => ReactNode;
  readonly moreHref?: string | undefined;
  /** The rows are a window of a longer list. */
  readonly window?: RowWindow;
}

/** Where the rows of a table are in a longer list. */
export interface RowWindow {
  /** Pixels of the rows above and below. */
  readonly above: number;
  readonly below: number;
  /** Rows of the whole list. */
  readonly rowCount: number;
}

/** Rows under headings, with a last row for what was cut off. */
export function DataTable<Row>({ label, ...props }: DataTableProps<Row>) {
  return label === undefined ? <Table {...props} /> : <ScrollBox label={label}>{<Table {...props} />}</ScrollBox>;
}

function Table<Row>(props: Omit<DataTableProps<Row>, "label">) {
  const { columns, rows, keyOf, rowClass, rowProps, rowHeight, empty, limit, rest, moreHref, window } = props;
  const style = rowHeight === undefined ? undefined : { height: rowHeight };
  const listed = rows.slice(0, limit);
  const count = (props.total ?? rows.length) - listed.length;
  const note = count > 0 ? rest?.(count, rows.slice(listed.length)) : rows.length === 0 ? empty : undefined;
  return (
    <table
      className={`data-table ${rowHeight === undefined ? "" : "table-fixed"}`}
      aria-rowcount={window && window.rowCount + 1}
    >
      <thead>
        <tr>
          {columns.map((column) => (
            <ColumnHeading key={column.name} column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        <Space height={window?.above} />
        {listed.map((row) => (
          <tr key={keyOf(row)} style={style} className={rowClass?.(row) ?? "hover:bg-shade"} {...rowProps?.(row)}>
            {columns.map(({ name, right, from, className, cell }) => (
              <td key={name} className={toClass("cell", right && "text-right", from && FROM[from], className)}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
        {note === undefined ? null : (
          <tr style={style}>
            <td colSpan={columns.length} className="h-9 text-dim">
              {note}
              <MoreLink href={count > 0 ? moreHref : undefined} />
            </td>
          </tr>
        )}
        <Space height={window?.below} />
      </tbody>
    </table>
  );
}

/** The place of rows that are not in the document. */
function Space({ height = 0 }: { height: number | undefined }) {
  if (height === 0) return null;
  return (
    <tr aria-hidden className="row-space">
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}

// Short names, defined in globals.css: a page of a thousand cells contains each class twice, as markup and for React.
function toClass(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== "").join(" ");
}

/** A heading, which sorts by its column if the column has an order. */
function ColumnHeading<Row>({ column }: { column: ShownColumn<Row> }) {
  const { name, heading = name, headingClass, measure, right, sort, from } = column;
  const className = toClass("heading", right && "text-right", from && FROM[from], headingClass);
  if (sort === undefined)
    return (
      <th scope="col" className={className}>
        {measure === undefined ? heading : <MeasureLabel name={measure}>{heading}</MeasureLabel>}
      </th>
    );
  const state = sort.direction && (sort.direction === "asc" ? "ascending" : "descending");
  return (
    <th scope="col" aria-sort={state} className={className}>
      <Link
        href={sort.href}
        scroll={false}
        prefetch={false}
        data-tip={measure && MEASURES[measure].definition}
        className={toClass("sort-link", right && "flex-row-reverse", state && "text-ink")}
      >
        <span className="sr-only">Sort by </span>
        <span className={measure && "measure-name"}>{heading}</span>
        <span aria-hidden className={state === undefined ? "opacity-0" : ""}>
          {sort.direction === "asc" ? "↑" : "↓"}
        </span>
      </Link>
    </th>
  );
}
