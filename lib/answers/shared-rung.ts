import type { Pool } from "pg";
import { buildRung } from "#lib/analysis/sharing/build-rung.ts";
import { buildChunkRung } from "#lib/analysis/sharing/chunk-units.ts";
import type { Rung as SharedRung } from "#lib/analysis/sharing/rung.ts";
import { loadCutBodies } from "#lib/db/queries/load-chunk-sets.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import type { Rung } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { CHUNK_SIZES } from "#lib/model/chunk.ts";
import { contentIdsOf, type Holding } from "#lib/model/holding.ts";
import { loadPartHoldings } from "./parts.ts";

/** The units of one rung over these artifacts, or parts of them. `unshared` has none of its own: layers in their places stand for it. */
export async function buildSharedRung(db: Pool, parts: readonly ArtifactPart[], rung: Rung): Promise<SharedRung> {
  const holdings = await loadPartHoldings(db, parts);
  if (rung === "chunk") return loadChunkRung(db, holdings);
  return buildRung(rung === "unshared" ? "chain" : rung, holdings);
}

/** The `chunk` rung, with chunks of the usual sizes: estimated while a body is not cut. */
export async function loadChunkRung(db: Queryable, holdings: readonly Holding[]): Promise<SharedRung> {
  return buildChunkRung(holdings, await loadCutBodies(db, holdings.map(contentIdsOf), CHUNK_SIZES));
}
