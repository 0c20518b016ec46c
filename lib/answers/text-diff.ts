import { diffText } from "#lib/analysis/text-diff.ts";
import type { FileReading } from "#lib/model/opened-file.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { TextDiff } from "#lib/model/text-diff.ts";

/** The difference of two texts that were read. Throws a UsageError if one is no text, or they differ in too many lines. */
export function answerTextDiff(left: FileReading, right: FileReading): TextDiff {
  if (left.text === undefined || right.text === undefined)
    throw new UsageError("not a text: only text files are compared line by line");
  const diff = diffText(left.text, right.text);
  if (diff === undefined) throw new UsageError("the texts differ in too many lines to be compared");
  return diff;
}
