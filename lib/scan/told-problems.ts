import type { ScanOutcome, ToldOutcome } from "./scan-event.ts";

/** Problems listed for all artifacts of one source: one artifact alone may have as many. */
const MAX_TOLD_PROBLEMS = 10_000;

/** Counts the problems that a scan lists. The one problem that makes an input bad is always listed. */
export class ToldProblems {
  #left = MAX_TOLD_PROBLEMS;

  /** The outcome with as many of its problems as may still be listed. */
  cut(outcome: ScanOutcome): ToldOutcome {
    if (outcome.artifactId === undefined) return { ...outcome, moreProblems: 0 };
    const problems = outcome.problems.slice(0, this.#left);
    this.#left -= problems.length;
    return { ...outcome, problems, moreProblems: outcome.problems.length - problems.length };
  }
}
