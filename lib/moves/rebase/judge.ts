import {
  type CheckedPart,
  type FindingWeight,
  type RebaseCheckName,
  type RebaseVerdict,
  verdictOf,
} from "#lib/model/rebase-answer.ts";
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

/** Findings of one check that are listed: an image of 600,000 files may have as many. */
export const MAX_FINDINGS = 1000;

const WEIGHTS: readonly FindingWeight[] = ["blocks", "merges", "note"];

function runCheck(check: RebaseCheckName, run: RebaseCheck, sides: RebaseSides) {
  const { scope, findings, before, merged }: CheckResult = run(sides);
  const ordered = WEIGHTS.flatMap((weight) => findings.filter((finding) => finding.weight === weight));
  const unlisted = Math.max(0, ordered.length - MAX_FINDINGS);
  const listed = { findings: ordered.slice(0, MAX_FINDINGS), before: before.slice(0, MAX_FINDINGS) };
  return { part: { check, scope, ...listed, ...(unlisted > 0 && { unlisted }) }, merged };
}
