import "server-only";
import { findDiff } from "#lib/answers/find-diff.ts";
import { findOverlapAnswer } from "#lib/answers/find-overlap.ts";
import type { DiffAnswer, OverlapAnswer, Rung } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { database } from "./database.ts";
import { orNotFound } from "./or-not-found.ts";

/** What changed from one artifact, or part of one, to another. `fileLimit`: files to list, `Infinity` for all. */
export async function loadDiff(left: ArtifactPart, right: ArtifactPart, fileLimit?: number): Promise<DiffAnswer> {
  const db = await database();
  return orNotFound([left, right], () => findDiff(db, left, right, fileLimit));
}

/**
 * What two to thirty-two artifacts share on one rung. `nameLimit`: names at several versions to list, `Infinity` for all.
 * Throws a RangeError for fewer or more artifacts.
 */
export async function loadOverlap(
  parts: readonly ArtifactPart[],
  rung: Rung,
  nameLimit?: number,
): Promise<OverlapAnswer> {
  const db = await database();
  return orNotFound(parts, () => findOverlapAnswer(db, parts, rung, nameLimit));
}
