import { ANSWER_VERSION, type Answer } from "./answer.ts";

/** A permanent answer: the question, the answer, and the version that made it. It needs no artifact any more. */
export interface Report {
  /** 24 characters of base 32: a hash of the question (lib/analysis/report-id.ts). */
  readonly id: string;
  readonly title: string;
  /** The user's texts, "" at first. Only title and note can change. */
  readonly note: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly engineVersion: number;
  /** Has the shapes of `Answer` only if `answerVersion` is `ANSWER_VERSION`. */
  readonly answer: Answer;
  readonly answerVersion: number;
}

/** True if an earlier version made the report: its answer can be exported as JSON, but not drawn. */
export function isOutdated({ answerVersion }: Pick<Report, "answerVersion">): boolean {
  return answerVersion !== ANSWER_VERSION;
}

/** A report in a list. */
export type ReportHead = Omit<Report, "answer" | "answerVersion"> & { readonly question: Answer["question"] };

/** Maximum length of the user's texts. */
export const MAX_TITLE_LENGTH = 200;
export const MAX_NOTE_LENGTH = 10_000;
