import type { Writable } from "node:stream";

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

/** Rows in columns two spaces apart; the columns of `right` are right-aligned. */
export function formatTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  const pad = (cell: string, i: number) => (right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!));
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}
