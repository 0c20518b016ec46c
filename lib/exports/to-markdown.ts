import { byDownloadNote } from "#lib/display/by-download.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import type { Report } from "#lib/model/report.ts";
import { formatCell } from "./format-cell.ts";
import { toReportFigures } from "./report-figures.ts";
import { toReportTables } from "./report-tables.ts";
import { isNumber, type Table } from "./table.ts";

/** GitHub's maximum for one comment, and the part of it used for a report. */
const MAX_COMMENT_LENGTH = 65_536;
const MAX_MARKDOWN_LENGTH = MAX_COMMENT_LENGTH - 2_048;

/** Maximum rows of a table; the others are counted. */
const SHOWN_ROWS = 40;

/** A report as Markdown for a pull-request comment: figures, then tables, cut with a count of the missing rows. */
export function toMarkdown(report: Report, url: string): string {
  const figures = toReportFigures(report.answer).map((figure) => `**${escapeText(figure.label)}** ${figure.text}`);
  const head = [
    `### ${escapeText(report.title)}`,
    figures.join(" · "),
    escapeText(byDownloadNote(report.answer.artifacts) ?? ""),
    escapeText(report.note),
    `[The whole report](${url})`,
  ];
  let markdown = `${head.filter((part) => part !== "").join("\n\n")}\n`;
  const tables = toReportTables(report.answer);
  for (const [i, table] of tables.entries()) {
    const section = `\n${toMarkdownTable(table)}`;
    if (markdown.length + section.length > MAX_MARKDOWN_LENGTH) return markdown + leftOut(tables.slice(i));
    markdown += section;
  }
  return markdown;
}

function leftOut(tables: readonly Table[]): string {
  const names = tables.map(({ title, total }) => `${escapeText(title)} (${total} rows)`);
  return `\n… ${formatCounted(tables.length, "more table")} in the report: ${names.join("; ")}.\n`;
}

function toMarkdownTable({ title, columns, rows, total }: Table): string {
  const header = `| ${columns.map((column) => escapeText(column.name)).join(" | ")} |`;
  const rule = `|${columns.map((column) => (isNumber(column.kind) ? " ---: |" : " --- |")).join("")}`;
  const shown = rows.slice(0, SHOWN_ROWS).map((row) => {
    const cells = row.map((value, i) => escapeText(formatCell(value, columns[i]!.kind)));
    return `| ${cells.join(" | ")} |`;
  });
  const lost = total - rows.length;
  const beyond = lost === 0 ? "" : `; ${lost} of them are not kept in this report`;
  const cut = total > shown.length ? `\n\n… and ${total - shown.length} more rows${beyond}.` : "";
  return `**${escapeText(title)}**\n\n${[header, rule, ...shown].join("\n")}${cut}\n`;
}

/** Names come from images: Markdown and HTML in them is escaped. */
function escapeText(text: string): string {
  return visibleText(text)
    .replace(/[\\`*_{}[\]<>()#+!|~@-]/g, (character) => `\\${character}`)
    .replace(/\s+/g, " ");
}
