import { listOnlyHere } from "#lib/db/queries/list-only-here.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { sumFreed } from "#lib/db/queries/sum-freed.ts";
import type { Freed } from "#lib/model/lineage.ts";

/**
 * What removing each of these images (database ids) frees on a disk that has all of them and no others: its bytes on the chain rung
 * that no other of them has. By id, without those that were removed.
 */
export function answerFreed(db: Queryable, ids: readonly number[]): Promise<Map<number, number>> {
  return listOnlyHere(db, ids, ids);
}

/** What removing all of these images (database ids) together frees: bytes that no other stored image needs. */
export function answerRemoval(db: Queryable, ids: readonly number[]): Promise<Freed> {
  return sumFreed(db, ids);
}
