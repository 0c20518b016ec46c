import { byDownloadNote } from "#lib/display/by-download.ts";
import { formatCounted, formatExactKnown } from "#lib/display/bytes.ts";
import { fitName } from "#lib/exports/fit-names.ts";
import { formatCell } from "#lib/exports/format-cell.ts";
import { toReportFigures } from "#lib/exports/report-figures.ts";
import { isNumber, type Table } from "#lib/exports/table.ts";
import type { Answer } from "#lib/model/answer.ts";
import { type Terminal, writeLine } from "./terminal.ts";

/** Characters of a cell: a longer name would push the other columns off the screen. */
const MAX_CELL = 160;
/** Columns are never cut below this: a short digest fits. */
const MIN_CELL = 12;
const GAP = "  ";

/**
 * Prints a table no wider than the terminal, under its title if it has one. Rows beyond `limit`, and rows that the answer left out,
 * are counted in a last line.
 */
export function writeTable(terminal: Terminal, table: Table, limit = Number.POSITIVE_INFINITY): void {
  const { title, columns, total } = table;
  if (table.rows.length === 0) return;
  for (const line of title === "" ? [] : ["", title]) writeLine(terminal, line);
  const rows = table.rows.slice(0, limit);
  const cells = rows.map((row) => row.map((value, i) => formatCell(value, columns[i]!.kind)));
  writeCells(terminal, table, [columns.map(({ name }) => name), ...cells]);
  if (rows.length === total) return;
  const remedy = rows.length < table.rows.length ? "--json has all" : `--limit ${total} shows all`;
  writeLine(terminal, `… ${formatCounted(total - rows.length, "more row")}; ${remedy}`);
}

function writeCells(terminal: Terminal, { columns }: Table, lines: readonly (readonly string[])[]): void {
  const areNumbers = columns.map(({ kind }) => isNumber(kind));
  const longest = columns.map((_, i) => lines.reduce((most, line) => Math.max(most, line[i]!.length), 0));
  const widths = fitWidths(longest, areNumbers, terminal.width);
  for (const line of lines) {
    const cells = line.map((cell, i) => {
      const fitted = fitName(cell, widths[i]!);
      return areNumbers[i] ? fitted.padStart(widths[i]!) : fitted.padEnd(widths[i]!);
    });
    writeLine(terminal, cells.join(GAP).trimEnd());
  }
}

/** Takes from the widest column of words until the columns fit, or no column of words can be narrower. */
function fitWidths(longest: readonly number[], areNumbers: readonly boolean[], width = Number.POSITIVE_INFINITY) {
  const widths = longest.map((length) => Math.min(MAX_CELL, length));
  let excess = widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length) - width;
  for (; excess > 0; excess--) {
    const widest = Math.max(...widths.filter((_, i) => !areNumbers[i]));
    if (widest <= MIN_CELL) break;
    widths[widths.findIndex((each, i) => each === widest && !areNumbers[i])]! -= 1;
  }
  return widths;
}

/** Prints names and values, aligned and never cut: digests and addresses are copied from here. */
export function writeFacts(terminal: Terminal, facts: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...facts.map(([name]) => name.length));
  for (const [name, value] of facts) writeLine(terminal, `${name.padEnd(width)}${GAP}${value}`);
}

/** Prints the main figures of an answer, to the byte. */
export function writeFigures(terminal: Terminal, answer: Answer): void {
  const figures = toReportFigures(answer);
  writeFacts(
    terminal,
    figures.map(({ label, text, bytes }) => [label, `${text} (${formatExactKnown(bytes)})`]),
  );
  writeByDownload(terminal, answer);
}

/** Prints why an answer counts bytes of downloads, if it does. */
export function writeByDownload(terminal: Terminal, { artifacts }: Pick<Answer, "artifacts">): void {
  const note = byDownloadNote(artifacts);
  if (note !== undefined) writeLine(terminal, note);
}
