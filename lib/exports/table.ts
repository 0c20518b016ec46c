import { MEASURES, type MeasureName } from "#lib/display/measures.ts";
import type { CsvTable, CsvValue } from "./csv.ts";

/**
 * How a column's values are written, and whether they may break in the middle of a word (`path`). In CSV and JSON bytes are
 * integers, digests complete and ratios fractions.
 *
 * - `digest`: a digest or a version; the version of an unowned component is a digest
 * - `rung`: the name of a measure
 * - `delta`: bytes with their sign
 * - `share`: part of a whole, 0 to 1
 * - `change`: the difference as a share of the compared value, negative for less; `null` if that is 0
 */
export type ColumnKind = "text" | "path" | "digest" | "rung" | "bytes" | "delta" | "count" | "share" | "change";

const WORDS: ReadonlySet<ColumnKind> = new Set(["text", "path", "digest", "rung"]);

/** The heading and kind of a column. */
export interface ColumnHead {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The definition of its numbers. */
  readonly measure?: MeasureName;
}

/** A column of a table, declared once for pages, CSV files, exported reports and the terminal. */
export interface Column<Row> extends ColumnHead {
  /** The exact value, as in JSON; `null` if there is none. */
  readonly value: (row: Row) => CsvValue;
  /** What reports and the terminal show instead. */
  readonly shown?: (row: Row) => CsvValue;
}

/** Columns by the names of the JSON, in the order of the page's CSV file. */
export type Columns<Row> = Readonly<Record<string, Column<Row>>>;

/** Rows under columns, for HTML, Markdown, CSV and the terminal. */
export interface Table {
  readonly title: string;
  readonly columns: readonly ColumnHead[];
  readonly rows: readonly (readonly CsvValue[])[];
  /** Number of rows including those that the answer left out. */
  readonly total: number;
}

/** These columns of the rows. */
export function toTable<Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  total = rows.length,
): Table {
  const cells = columns.map(({ value, shown = value }) => shown);
  return { title, columns, rows: rows.map((row) => cells.map((cell) => cell(row))), total };
}

/** All columns of the rows, as in the CSV file of a page. */
export function csvTable<Row>(columns: Columns<Row>, rows: Iterable<Row>): CsvTable {
  return { header: Object.keys(columns), rows: csvRows(Object.values(columns), rows) };
}

function* csvRows<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): Generator<CsvValue[]> {
  for (const row of rows) yield columns.map(({ value }) => value(row));
}

/** A column; `more`: its measure, and what reports and the terminal show if that is not the exact value. */
export function column<Row>(
  name: string,
  kind: ColumnKind,
  value: Column<Row>["value"],
  more: Pick<Column<Row>, "measure" | "shown"> = {},
): Column<Row> {
  return { name, kind, value, ...more };
}

/** The column of a measure: its label over the field of its name. */
export function measureColumn<Name extends MeasureName>(
  measure: Name,
  kind: ColumnKind = "bytes",
): Column<Readonly<Partial<Record<Name, number | undefined>>>> {
  return column(MEASURES[measure].label, kind, (row) => row[measure] ?? null, { measure });
}

/** The rows that a report does not contain, in words; "" if it has them all. */
export function lostWords({ rows, total }: Table): string {
  const lost = total - rows.length;
  return lost === 0 ? "" : `${lost} more ${lost === 1 ? "row is" : "rows are"} not kept in this report`;
}

export function isNumber(kind: ColumnKind): boolean {
  return !WORDS.has(kind);
}

/** Columns that several tables have. */
export const KIND = column("Kind", "text", ({ kind }: { readonly kind: string }) => kind);
export const DIGEST = column("Digest", "digest", ({ digest }: { readonly digest: string }) => digest);
export const NAME = column("Name", "text", ({ name }: { readonly name: string }) => name);
export const VERSION = column("Version", "digest", ({ version }: { readonly version: string }) => version);
