import type { Key, ReactNode } from "react";
import { formatShare } from "#lib/display/bytes.ts";
import type { MeasureName } from "#lib/display/measures.ts";
import { type Column, isNumber } from "#lib/exports/table.ts";
import { Bytes, Count, Delta } from "./bytes.tsx";
import { Digest } from "./digest.tsx";
import { MeasureLabel } from "./measure.tsx";
import { Cell, CutRow, Heading, SortHeading, type SortLink, TableFrame } from "./table.tsx";
import { Visible } from "./visible.tsx";

const FROM = { sm: "hidden sm:table-cell", md: "hidden md:table-cell", lg: "hidden lg:table-cell" } as const;

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
  readonly from?: keyof typeof FROM;
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
  readonly label: string;
  readonly columns: readonly ShownColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => Key;
  readonly rowClass?: (row: Row) => string;
  /** Shown if there are no rows. */
  readonly empty?: string;
  /** What is not listed, in words, and the link to more. */
  readonly cut?: ReactNode;
  readonly moreHref?: string | undefined;
}

/** Rows under headings, with a last row that says what was cut off. */
export function DataTable<Row>({ label, columns, rows, keyOf, rowClass, empty, cut, moreHref }: DataTableProps<Row>) {
  return (
    <TableFrame label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <ColumnHeading key={column.name} column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} className={rowClass?.(row) ?? "hover:bg-shade"}>
            {columns.map(({ name, right, from, className = "", cell }) => (
              <Cell key={name} align={right ? "right" : "left"} className={joinClasses(from, className)}>
                {cell(row)}
              </Cell>
            ))}
          </tr>
        ))}
        {empty === undefined || rows.length > 0 ? null : <CutRow columns={columns.length}>{empty}</CutRow>}
        {cut === undefined || cut === null ? null : (
          <CutRow columns={columns.length} href={moreHref}>
            {cut}
          </CutRow>
        )}
      </tbody>
    </TableFrame>
  );
}

function joinClasses(from: keyof typeof FROM | undefined, className: string): string {
  return from === undefined ? className : `${FROM[from]} ${className}`.trim();
}

function ColumnHeading<Row>({ column }: { column: ShownColumn<Row> }) {
  const { name, heading = name, headingClass = "", measure, right, sort, from } = column;
  const look = { align: right ? "right" : "left", className: joinClasses(from, headingClass) } as const;
  if (sort !== undefined)
    return (
      <SortHeading sort={sort} measure={measure} {...look}>
        {heading}
      </SortHeading>
    );
  return (
    <Heading {...look}>
      {measure === undefined ? heading : <MeasureLabel name={measure}>{heading}</MeasureLabel>}
    </Heading>
  );
}
