import type { MeasureName } from "#lib/display/measures.ts";

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

export interface ReportColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** What the numbers in it are. */
  readonly measure?: MeasureName;
}

export type CellValue = string | number | null;

/** One table of a report, the same for every export. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly CellValue[])[];
  /** Rows there were, where the answer keeps only the first of them. */
  readonly total?: number;
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

export function column(name: string, kind: ColumnKind = "text", measure?: MeasureName): ReportColumn {
  return measure === undefined ? { name, kind } : { name, kind, measure };
}

export function isNumber(kind: ColumnKind): boolean {
  return !WORDS.has(kind);
}

/** How much more than `whole` the part is: −0.25 is a quarter less. */
export function changeAgainst(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole - 1;
}

export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

export function isFilled({ rows }: ReportTable): boolean {
  return rows.length > 0;
}
