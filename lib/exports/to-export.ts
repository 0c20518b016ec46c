import { toJsonText } from "#lib/display/visible-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { isOutdated, type Report } from "#lib/model/report.ts";
import { toReportCsv } from "./to-csv.ts";
import { toHtml } from "./to-html.ts";
import { toMarkdown } from "./to-markdown.ts";

export const REPORT_FORMATS = ["html", "json", "csv", "md"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A report as a file: its text, and its name and type for HTTP. */
export interface ReportExport {
  readonly body: string;
  readonly mediaType: string;
}

/**
 * `url`: the report's address, for formats that link to it. Throws a UsageError for a report of an earlier
 * version in any format but JSON.
 */
export function toExport(report: Report, format: ReportFormat, url: string): ReportExport {
  if (isOutdated(report) && format !== "json")
    throw new UsageError(`report ${report.id} was made by an earlier version: only its JSON can be exported`);
  switch (format) {
    case "html":
      return { body: toHtml(report), mediaType: "text/html; charset=utf-8" };
    case "json":
      return { body: `${toJsonText(report)}\n`, mediaType: "application/json" };
    case "csv":
      return { body: toReportCsv(report), mediaType: "text/csv; charset=utf-8" };
    case "md":
      return { body: toMarkdown(report, url), mediaType: "text/markdown; charset=utf-8" };
  }
}
