import type { Pool } from "pg";
import { buildRung } from "#lib/analysis/sharing/build-rung.ts";
import { buildChunkRung } from "#lib/analysis/sharing/chunk-units.ts";
import type { RungUnits } from "#lib/analysis/sharing/rung.ts";
import { loadCutBodies } from "#lib/db/queries/load-chunk-sets.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { CHUNK_SIZES } from "#lib/model/chunk.ts";
import { contentIdsOf, type Holding } from "#lib/model/holding.ts";
import type { RungName } from "#lib/model/rung.ts";
import { loadPartHoldings } from "./parts.ts";

/** The units of one rung over these artifacts, or parts of them. */
export async function buildRungUnits(db: Pool, parts: readonly ArtifactPart[], rung: RungName): Promise<RungUnits> {
  const holdings = await loadPartHoldings(db, parts);
  if (rung === "chunk") return loadChunkUnits(db, holdings);
  return buildRung(rung, holdings);
}

/** The `chunk` rung, with chunks of the default sizes: an estimate if a body is not chunked. */
export async function loadChunkUnits(db: Queryable, holdings: readonly Holding[]): Promise<RungUnits> {
  return buildChunkRung(holdings, await loadCutBodies(db, holdings.map(contentIdsOf), CHUNK_SIZES));
}
