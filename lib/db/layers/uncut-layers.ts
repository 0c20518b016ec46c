import type { ChunkSizes } from "#lib/model/chunk.ts";
import { type DiffId, digestOf } from "#lib/model/digest.ts";
import type { Queryable } from "../queries/queryable.ts";

/** DiffIDs of an image's layers with a body that is not chunked with these sizes. */
export async function listUncutLayers(db: Queryable, artifactId: number, sizes: ChunkSizes): Promise<Set<DiffId>> {
  const { rows } = await db.query<{ diff_id: Buffer }>(
    `SELECT diff_id FROM layer WHERE id IN (SELECT layer_id FROM image_layer WHERE artifact_id = $1) AND EXISTS (
       SELECT FROM layer_entry e WHERE e.layer_id = layer.id AND e.content_id IS NOT NULL AND NOT EXISTS (
         SELECT FROM content_chunk c WHERE c.content_id = e.content_id
           AND c.min_bytes = $2 AND c.average_bytes = $3 AND c.max_bytes = $4))`,
    [artifactId, sizes.minBytes, sizes.averageBytes, sizes.maxBytes],
  );
  return new Set(rows.map((row) => digestOf(row.diff_id) as DiffId));
}
