import type { Writable } from "node:stream";
import { visibleText } from "#lib/display/visible-text.ts";

/** Where a command's words go: results to standard output, everything else to standard error. */
export interface Terminal {
  readonly out: Writable;
  readonly err: Writable;
  /** True where a person watches standard error: progress may be drawn over itself. */
  readonly watched: boolean;
}

/** The terminal of this process. */
export function openTerminal(): Terminal {
  return { out: process.stdout, err: process.stderr, watched: process.stderr.isTTY === true };
}

/** The one JSON document of a command. */
export function writeJson({ out }: Terminal, value: unknown): void {
  out.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

export function writeLine({ out }: Terminal, line: string): void {
  out.write(`${line}\n`);
}

/** Something for the person, never for the script. */
export function say({ err }: Terminal, line: string): void {
  err.write(`${line}\n`);
}

/** A line that the next one overwrites; nothing where nobody watches. */
export function sayProgress({ err, watched }: Terminal, line: string): void {
  if (watched) err.write(`\r\x1b[2K${line}`);
}

/** Letters a cell shows: a name may be of any length, and would push its whole column away. */
const CELL_LETTERS = 160;

/**
 * Rows in columns two spaces apart; the columns of `right` are right-aligned. Control and bidi characters are spelled out:
 * names come from images, and a terminal obeys what it is sent.
 */
export function formatTable(cells: readonly (readonly string[])[], right: readonly number[] = []): string {
  const rows = cells.map((row) => row.map(toCell));
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  const pad = (cell: string, i: number) => (right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!));
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}

function toCell(text: string): string {
  const shown = visibleText(text);
  return shown.length > CELL_LETTERS ? `${shown.slice(0, CELL_LETTERS - 1)}…` : shown;
}
