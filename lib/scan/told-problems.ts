import type { ScanOutcome, ToldOutcome } from "./scan-event.ts";

/** Problems of all artifacts of one source that are told: those of one artifact may be as many already. */
const MAX_TOLD_PROBLEMS = 10_000;

/** Counts the problems that a scan tells. What made an input bad is always told; it is one problem each. */
export class ToldProblems {
  #left = MAX_TOLD_PROBLEMS;

  /** The outcome with as many of its problems as may still be told. */
  cut(outcome: ScanOutcome): ToldOutcome {
    if (outcome.artifactId === undefined) return { ...outcome, moreProblems: 0 };
    const problems = outcome.problems.slice(0, this.#left);
    this.#left -= problems.length;
    return { ...outcome, problems, moreProblems: outcome.problems.length - problems.length };
  }
}
