import type { Report } from "#lib/model/report.ts";
import { toCsv } from "../csv.ts";
import type { ReportColumn } from "./report-table.ts";
import { toReportTables } from "./report-tables.ts";

/** The main table of a report as CSV: bytes as whole numbers, ratios as fractions. */
export function toReportCsv({ answer }: Report): string {
  const [table] = toReportTables(answer);
  return table === undefined ? toCsv([], []) : toCsv(table.columns.map(toHeader), table.rows);
}

/** Small first letters, as in the other tables that can be downloaded. No main table has a name from an artifact up there. */
function toHeader({ name, kind }: ReportColumn): string {
  const header = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return header !== "bytes" && (kind === "bytes" || kind === "delta") ? `${header} (bytes)` : header;
}
