import { buildChunkRung } from "#lib/analysis/sharing/chunk-units.ts";
import type { Rung } from "#lib/analysis/sharing/rung.ts";
import { loadCutBodies } from "#lib/db/queries/load-chunk-sets.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { CHUNK_SIZES } from "#lib/model/chunk.ts";
import { contentIdsOf, type Holding } from "#lib/model/holding.ts";

/** The `chunk` rung over these artifacts, with chunks of the usual sizes: estimated while a body of them is not cut. */
export async function loadChunkRung(db: Queryable, holdings: readonly Holding[]): Promise<Rung> {
  const contents = new Set<number>();
  for (const held of holdings) for (const id of contentIdsOf(held)) contents.add(id);
  return buildChunkRung(holdings, await loadCutBodies(db, contents, CHUNK_SIZES));
}
