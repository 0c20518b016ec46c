import type { MeasureName } from "#lib/display/measures.ts";
import type { CsvTable, CsvValue } from "./csv.ts";

/**
 * How a column's values are written, and whether they may break in the middle of a word (`path`). In CSV and JSON bytes stay
 * whole numbers, digests whole and ratios plain.
 *
 * - `digest`: a digest or a version, which is one for what belongs to no package
 * - `rung`: the name of a measure
 * - `delta`: bytes with their sign
 * - `share`: part of a whole, 0 to 1
 * - `change`: part more (or, below 0, less) than what it is held against; `null` where that is nothing
 */
export type ColumnKind = "text" | "path" | "digest" | "rung" | "bytes" | "delta" | "count" | "share" | "change";

const WORDS: ReadonlySet<ColumnKind> = new Set(["text", "path", "digest", "rung"]);

/** A column's heading, and what stands under it. */
export interface ColumnHead {
  readonly name: string;
  readonly kind: ColumnKind;
  /** What the numbers in it are. */
  readonly measure?: MeasureName;
}

/** A column of a table, for pages, their CSV files, reports and exports of reports. */
export interface Column<Row> extends ColumnHead {
  /** The exact value, as JSON has it; `null` where there is none. */
  readonly value: (row: Row) => CsvValue;
  /** What a report says instead. */
  readonly shown?: (row: Row) => CellValue;
}

/** Columns by what the JSON calls them, in the order of the page's CSV file. */
export type Columns<Row> = Readonly<Record<string, Column<Row>>>;

export type CellValue = string | number | null;

/** One table of a report, the same for every export. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly ColumnHead[];
  readonly rows: readonly (readonly CellValue[])[];
  /** Rows there were, where the answer keeps only the first of them. */
  readonly total?: number;
}

/** Some columns of these rows as a report has them. */
export function reportTable<Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  total = rows.length,
): ReportTable {
  const cells = columns.map(({ value, shown = (row) => toCell(value(row)) }) => shown);
  return { title, columns, rows: rows.map((row) => cells.map((cell) => cell(row))), total };
}

function toCell(value: CsvValue): CellValue {
  return typeof value === "boolean" ? String(value) : value;
}

/** All columns of these rows as a page's CSV file has them. */
export function csvTable<Row>(columns: Columns<Row>, rows: readonly Row[]): CsvTable {
  return { header: Object.keys(columns), rows: csvRows(Object.values(columns), rows) };
}

function* csvRows<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Generator<CsvValue[]> {
  for (const row of rows) yield columns.map(({ value }) => value(row));
}

/** A column; `more`: its measure, and what a report says where that is not the exact value. */
export function column<Row>(
  name: string,
  kind: ColumnKind,
  value: Column<Row>["value"],
  more: Pick<Column<Row>, "measure" | "shown"> = {},
): Column<Row> {
  return { name, kind, value, ...more };
}

/** Rows there were beyond those that the answer keeps. */
export function countLost({ rows, total = rows.length }: ReportTable): number {
  return Math.max(0, total - rows.length);
}

/** What is not there, in words; "" where all is. */
export function lostWords(table: ReportTable): string {
  const lost = countLost(table);
  return lost === 0 ? "" : `${lost} more ${lost === 1 ? "row is" : "rows are"} not kept in this report`;
}

export function isNumber(kind: ColumnKind): boolean {
  return !WORDS.has(kind);
}

/** How much more than `whole` the part is: −0.25 is a quarter less. */
export function changeAgainst(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole - 1;
}

export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

export function isFilled({ rows }: ReportTable): boolean {
  return rows.length > 0;
}
