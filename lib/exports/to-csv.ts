import type { Report } from "#lib/model/report.ts";
import { toCsv } from "./csv.ts";
import { toReportTables } from "./report-tables.ts";
import { type ColumnHead, lostWords } from "./table.ts";

/**
 * The main table of a report as CSV: bytes as whole numbers, ratios as fractions. Where the report does not keep every row,
 * a last line of one cell says how many are missing.
 */
export function toReportCsv({ answer }: Report): string {
  const [table] = toReportTables(answer);
  if (table === undefined) return toCsv([], []);
  const lost = lostWords(table);
  return toCsv(table.columns.map(toHeader), lost === "" ? table.rows : [...table.rows, [`… ${lost}`]]);
}

/** Small first letters, as in the other tables that can be downloaded. No main table has a name from an artifact up there. */
function toHeader({ name, kind }: ColumnHead): string {
  const header = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return header !== "bytes" && (kind === "bytes" || kind === "delta") ? `${header} (bytes)` : header;
}
