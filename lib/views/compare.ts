import "server-only";
import { findDiff } from "#lib/answers/find-diff.ts";
import { findOverlapAnswer } from "#lib/answers/find-overlap.ts";
import type { DiffAnswer, OverlapAnswer, Rung } from "#lib/model/answer.ts";
import { database } from "./database.ts";

/** What changed from one artifact (database id) to another. */
export async function loadDiff(leftId: number, rightId: number): Promise<DiffAnswer> {
  return findDiff(await database(), leftId, rightId);
}

/** What two to thirty-two artifacts share on one rung. Throws a RangeError for fewer or more. */
export async function loadOverlap(ids: readonly number[], rung: Rung): Promise<OverlapAnswer> {
  return findOverlapAnswer(await database(), ids, rung);
}
