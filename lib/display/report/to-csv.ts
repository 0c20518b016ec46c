import type { Report } from "#lib/model/report.ts";
import { toCsv } from "../csv.ts";
import { toReportTables } from "./report-tables.ts";

/** The main table of a report as CSV, bytes as whole numbers. */
export function toReportCsv({ answer }: Report): string {
  const [table] = toReportTables(answer);
  if (table === undefined) return toCsv([], []);
  const header = table.columns.map((column) => (column.kind === "bytes" ? `${column.name} (bytes)` : column.name));
  return toCsv(header, table.rows);
}
