import type { Report } from "#lib/model/report.ts";
import { toJsonText } from "../visible-text.ts";
import { toReportCsv } from "./to-csv.ts";
import { toHtml } from "./to-html.ts";
import { toMarkdown } from "./to-markdown.ts";

export const REPORT_FORMATS = ["html", "json", "csv", "md"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A report as a file: its text, and what to call it over HTTP. */
export interface ReportExport {
  readonly body: string;
  readonly mediaType: string;
}

/** `url`: where the report can be read, for the formats that lead back to it. */
export function toExport(report: Report, format: ReportFormat, url: string): ReportExport {
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
