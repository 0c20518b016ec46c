import { once } from "node:events";
import type { Writable } from "node:stream";
import { toJsonText, visibleLines, visibleText } from "#lib/display/visible-text.ts";
import { joinPieces } from "#lib/exports/join-pieces.ts";

/**
 * The output of a command: results to standard output, everything else to standard error. Nothing else of the product prints
 * (terminal.test.ts): names from images and stores may contain anything that a terminal obeys, and are escaped here.
 */
export interface Terminal {
  readonly out: Writable;
  readonly err: Writable;
  /** True if standard error is a terminal: a progress line may be overwritten. */
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

/** One line of the result; line breaks in it are escaped. */
export function writeLine({ out }: Terminal, line: string): void {
  out.write(`${visibleText(line)}\n`);
}

/** A text of several lines, made for a file. */
export function writeDocument({ out }: Terminal, text: string): void {
  out.write(visibleLines(text));
}

/** A document made for a file that is too long for one string; its names have no hidden characters. Waits for a slow reader. */
export async function writePieces({ out }: Terminal, pieces: Iterable<string>, signal: AbortSignal): Promise<void> {
  for (const chunk of joinPieces(pieces)) {
    if (!out.write(chunk)) await once(out, "drain", { signal });
  }
}

/** Characters of a message: a path of 4,096 in the middle would hide the rest. */
const MAX_MESSAGE = 600;
/** Characters of its end that a longer message keeps. */
const KEPT_END = 200;

/** Prominent lines of the result. */
export function writeFramed(terminal: Terminal, lines: readonly string[]): void {
  const shown = lines.map((line) => visibleText(line));
  const width = Math.max(...shown.map(({ length }) => length));
  const edge = "─".repeat(width + 2);
  for (const line of [`┌${edge}┐`, ...shown.map((line) => `│ ${line.padEnd(width)} │`), `└${edge}┘`]) {
    writeLine(terminal, line);
  }
}

/** A message for the user, not part of the result. */
export function print({ err }: Terminal, line: string): void {
  err.write(`${shorten(visibleText(line))}\n`);
}

/** A problem in one line: where and what. */
export function printProblem(terminal: Terminal, severity: "error" | "warning", parts: readonly string[]): void {
  print(terminal, `stratigraph: ${formatProblem(severity, parts)}`);
}

/** The same without the program's name, for a result that lists problems. */
export function formatProblem(severity: "error" | "warning", parts: readonly string[]): string {
  return shorten(`${severity}: ${parts.filter((part) => part !== "").join(": ")}`);
}

function shorten(text: string): string {
  if (text.length <= MAX_MESSAGE) return text;
  return `${text.slice(0, MAX_MESSAGE - KEPT_END)} … ${text.slice(-KEPT_END)}`;
}

/** A progress line, which the next one overwrites; only on a terminal. */
export function printProgress({ err, watched }: Terminal, line: string): void {
  if (watched) err.write(`\r\x1b[2K${visibleText(line)}`);
}
