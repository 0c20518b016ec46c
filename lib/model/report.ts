import { ANSWER_VERSION, type Answer } from "./answer.ts";

/** An answer kept for good: what was asked, what came out, and what made it. It needs no artifact any more. */
export interface Report {
  /** 24 characters of base 32: a hash of what was asked (lib/analysis/report-id.ts). */
  readonly id: string;
  readonly title: string;
  /** Words of whoever keeps the report, "" at first. Title and note are all that can change. */
  readonly note: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly engineVersion: number;
  /** Has the shapes of `Answer` only where `answerVersion` is `ANSWER_VERSION`. */
  readonly answer: Answer;
  readonly answerVersion: number;
}

/** True where an earlier version made the report: its answer can be exported as JSON, and not be drawn. */
export function isOutdated({ answerVersion }: Pick<Report, "answerVersion">): boolean {
  return answerVersion !== ANSWER_VERSION;
}

/** What a list of reports shows of one. */
export type ReportHead = Omit<Report, "answer" | "answerVersion"> & { readonly question: Answer["question"] };

/** How long the words of a person may be. */
export const MAX_TITLE_LENGTH = 200;
export const MAX_NOTE_LENGTH = 10_000;
