import type { ClosureAnswer } from "./closure-answer.ts";
import type { DiffAnswer } from "./diff-answer.ts";
import type { OverlapAnswer } from "./overlap-answer.ts";
import type { SavingsAnswer } from "./savings-answer.ts";

/**
 * Answers to questions about artifacts: plain data that commands print, pages draw and reports keep, in the fields of the
 * command line's JSON. An artifact is named by its position in `artifacts`. Sizes are bytes; docs, "What the numbers mean",
 * defines every figure.
 */

export type * from "./artifact-label.ts";
export type * from "./closure-answer.ts";
export type * from "./diff-answer.ts";
export type * from "./overlap-answer.ts";
export type * from "./savings-answer.ts";

export type Answer = DiffAnswer | OverlapAnswer | SavingsAnswer | ClosureAnswer;

/** Version of these shapes. A report with an answer of another version is only available as JSON. */
export const ANSWER_VERSION = 1;
