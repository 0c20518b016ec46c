import { loadOwners } from "#lib/db/queries/load-owners.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { KeptByUse } from "./by-use.ts";

/** Layer entries with cached owners: 4 bytes each, so at most 64 MiB. */
const KEPT_ENTRIES = 16 * 1024 * 1024;
const kept = new KeptByUse<Int32Array>(KEPT_ENTRIES, (owners) => owners.length);

/** Owners of an image's layer entries. Scans are immutable, so cached owners stay valid. */
export function loadKeptOwners(db: Queryable, artifactId: number): Promise<Int32Array> {
  return kept.get(artifactId, () => loadOwners(db, artifactId));
}
