import { structuredPatch } from "diff";
import type { DiffLine, TextDiff } from "#lib/model/text-diff.ts";

/** Changed lines above which two texts are not compared: the time grows with its square. */
const MAX_EDITS = 4000;
const MAX_MS = 500;
/** Lines listed. */
const MAX_LINES = 3000;
/** Unchanged lines around a change. */
const CONTEXT = 4;
/** UTF-16 units shown of one line. */
const MAX_LINE_LENGTH = 2000;

/** The difference of two texts line by line, with some unchanged lines; `undefined` if they differ in too many lines. */
export function diffText(left: string, right: string): TextDiff | undefined {
  const options = { context: CONTEXT, maxEditLength: MAX_EDITS, timeout: MAX_MS };
  const patch = structuredPatch("left", "right", left, right, undefined, undefined, options);
  if (patch === undefined) return undefined;
  const lines: DiffLine[] = [];
  for (const { oldStart, newStart, lines: hunk } of patch.hunks) {
    lines.push({ kind: "gap", left: oldStart, right: newStart, text: "" });
    lines.push(...numberLines(hunk, oldStart, newStart));
  }
  const count = (kind: DiffLine["kind"]) => lines.filter((line) => line.kind === kind).length;
  const restCount = Math.max(0, lines.length - MAX_LINES);
  return { lines: lines.slice(0, MAX_LINES), added: count("added"), removed: count("removed"), restCount };
}

function numberLines(hunk: readonly string[], oldStart: number, newStart: number): DiffLine[] {
  let [left, right] = [oldStart, newStart];
  const lines: DiffLine[] = [];
  for (const line of hunk) {
    const text = cut(line.slice(1));
    if (line.startsWith("-")) lines.push({ kind: "removed", left: left++, right: 0, text });
    else if (line.startsWith("+")) lines.push({ kind: "added", left: 0, right: right++, text });
    else if (line.startsWith(" ")) lines.push({ kind: "same", left: left++, right: right++, text });
  }
  return lines;
}

function cut(text: string): string {
  return text.length <= MAX_LINE_LENGTH ? text : `${text.slice(0, MAX_LINE_LENGTH)}…`;
}
