import { type CheckedPart, type RebaseCheckName, type RebaseVerdict, verdictOf } from "#lib/model/rebase-answer.ts";
import { CHECKS, checkBase } from "./checks.ts";
import type { CheckResult, MergedFile, RebaseCheck, RebaseSides } from "./sides.ts";

/** All checks of a rebase. */
export interface Judgement {
  readonly verdict: RebaseVerdict;
  readonly parts: readonly CheckedPart[];
  /** What the merge layer holds. */
  readonly merged: readonly MergedFile[];
}

/** Runs the checks in their order. If the base is another one, nothing says which layers to check, and `base` is the only part. */
export function judgeRebase(sides: RebaseSides): Judgement {
  const base = runCheck("base", checkBase, sides);
  const isBase = verdictOf(base.part.findings) !== "rebuild";
  const more = isBase ? CHECKS.map(([name, check]) => runCheck(name, check, sides)) : [];
  const parts = [base, ...more];
  return {
    verdict: verdictOf(parts.flatMap(({ part }) => part.findings)),
    parts: parts.map(({ part }) => part),
    merged: parts.flatMap(({ merged }) => merged),
  };
}

function runCheck(check: RebaseCheckName, run: RebaseCheck, sides: RebaseSides) {
  const { scope, findings, before, merged }: CheckResult = run(sides);
  return { part: { check, scope, findings, before }, merged };
}
