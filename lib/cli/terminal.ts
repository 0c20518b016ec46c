import type { Writable } from "node:stream";
import { toJsonText, visibleLines, visibleText } from "#lib/display/visible-text.ts";

/**
 * Where a command's words go: results to standard output, everything else to standard error. Nothing else of the product
 * prints (terminal.test.ts): what comes from images and stores may hold whatever a terminal obeys, and all of it is
 * spelled out here.
 */
export interface Terminal {
  readonly out: Writable;
  readonly err: Writable;
  /** True where a person watches standard error: progress may be drawn over itself. */
  readonly watched: boolean;
  /** Columns of the result; `undefined` if it goes to a file or a pipe and COLUMNS is not set. */
  readonly width: number | undefined;
}

/** The terminal of this process. */
export function openTerminal(): Terminal {
  const width = process.stdout.columns || Number(process.env.COLUMNS) || undefined;
  return { out: process.stdout, err: process.stderr, watched: process.stderr.isTTY === true, width };
}

/** The one JSON document of a command. */
export function writeJson({ out }: Terminal, value: unknown): void {
  out.write(`${toJsonText(value)}\n`);
}

/** One line of the result: a line break in it is spelled out as well. */
export function writeLine({ out }: Terminal, line: string): void {
  out.write(`${visibleText(line)}\n`);
}

/** A text of several lines that was made for a file. */
export function writeDocument({ out }: Terminal, text: string): void {
  out.write(visibleLines(text));
}

/** Letters of a line for the person: a path of 4,096 in the middle of a message would hide what the message says. */
const MAX_SAID_LETTERS = 600;
/** Of a longer one, how much of its end is kept. */
const KEPT_END_LETTERS = 200;

/** Lines of the result that a person must not overlook. */
export function writeFramed(terminal: Terminal, lines: readonly string[]): void {
  const shown = lines.map((line) => visibleText(line));
  const width = Math.max(...shown.map(({ length }) => length));
  const edge = "─".repeat(width + 2);
  for (const line of [`┌${edge}┐`, ...shown.map((line) => `│ ${line.padEnd(width)} │`), `└${edge}┘`]) {
    writeLine(terminal, line);
  }
}

/** Something for the person, never for the script. */
export function say({ err }: Terminal, line: string): void {
  err.write(`${shorten(visibleText(line))}\n`);
}

/** What is wrong, as every command says it: one line, what and where. */
export function sayProblem(terminal: Terminal, severity: "error" | "warning", parts: readonly string[]): void {
  say(terminal, `stratigraph: ${formatProblem(severity, parts)}`);
}

/** The same words without the program's name, for a result that lists problems. */
export function formatProblem(severity: "error" | "warning", parts: readonly string[]): string {
  return shorten(`${severity}: ${parts.filter((part) => part !== "").join(": ")}`);
}

function shorten(text: string): string {
  if (text.length <= MAX_SAID_LETTERS) return text;
  return `${text.slice(0, MAX_SAID_LETTERS - KEPT_END_LETTERS)} … ${text.slice(-KEPT_END_LETTERS)}`;
}

/** A line that the next one overwrites; nothing where nobody watches. */
export function sayProgress({ err, watched }: Terminal, line: string): void {
  if (watched) err.write(`\r\x1b[2K${visibleText(line)}`);
}
