import type { Report } from "#lib/model/report.ts";
import { toCsv } from "./csv.ts";
import { toReportTables } from "./report-tables.ts";
import { type ColumnHead, lostWords } from "./table.ts";

/**
 * The main table of a report as CSV: bytes as integers, ratios as fractions. If the report does not contain every row,
 * a last line of one cell says how many are missing.
 */
export function toReportCsv({ answer }: Report): string {
  const [table] = toReportTables(answer);
  if (table === undefined) return toCsv([], []);
  const lost = lostWords(table);
  return toCsv(table.columns.map(toHeader), lost === "" ? table.rows : [...table.rows, [`… ${lost}`]]);
}

/** With a lower-case first letter, like the headers of other CSV files. No column of a main table is named after an artifact. */
function toHeader({ name, kind }: ColumnHead): string {
  const header = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return header !== "bytes" && (kind === "bytes" || kind === "delta") ? `${header} (bytes)` : header;
}
