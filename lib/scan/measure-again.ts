import type { Pool } from "pg";
import { measure } from "#lib/analysis/measure.ts";
import { loadSnapshotGraph } from "#lib/db/queries/load-snapshot-graph.ts";
import { rewriteMeasures } from "#lib/db/write/write-graph.ts";

/** Derives the sizes and the drawing of one artifact from the relational tables, in one transaction. */
export async function measureAgain(pool: Pool, artifactId: number): Promise<void> {
  await rewriteMeasures(pool, artifactId, measure(await loadSnapshotGraph(pool, artifactId)));
}
