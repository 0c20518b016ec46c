import { setImmediate as nextTurn } from "node:timers/promises";
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
  const steps = judgeInSteps(sides);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, which lets other work of this process run in between: a large image takes seconds for each step. */
export async function judgePausing(sides: RebaseSides, signal: AbortSignal): Promise<Judgement> {
  const steps = judgeInSteps(sides);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
    signal.throwIfAborted();
  }
}

function* judgeInSteps(sides: RebaseSides): Generator<unknown, Judgement> {
  const parts = [runCheck("base", checkBase, sides)];
  if (verdictOf(parts[0]!.part.findings) !== "rebuild") {
    // Each detects packages, which takes as long as a check.
    for (const tree of [sides.oldBase, sides.newBase, sides.before, sides.after]) yield tree.found;
    for (const [name, check] of CHECKS) {
      parts.push(runCheck(name, check, sides));
      yield;
    }
  }
  return {
    verdict: verdictOf(parts.flatMap(({ findings }) => findings)),
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
  return { part: { check, scope, ...listed, ...(unlisted > 0 && { unlisted }) }, findings, merged };
}
