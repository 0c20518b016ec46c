import type { Queryable } from "./queryable.ts";

/** By position of a layer of one image: bytes of its files whose contents are in some layer of another image. */
export async function sumSameFiles(db: Queryable, beforeId: number, afterId: number): Promise<Map<number, number>> {
  const { rows } = await db.query<{ position: number; bytes: number }>(
    `WITH had AS MATERIALIZED (
       SELECT DISTINCT e.content_id FROM image_layer p JOIN layer_entry e ON e.layer_id = p.layer_id
       WHERE p.artifact_id = $1 AND e.content_id IS NOT NULL
     )
     SELECT p.position, sum(e.byte_count) AS bytes
     FROM image_layer p JOIN layer_entry e ON e.layer_id = p.layer_id JOIN had h ON h.content_id = e.content_id
     WHERE p.artifact_id = $2 GROUP BY p.position`,
    [beforeId, afterId],
  );
  return new Map(rows.map(({ position, bytes }) => [position, bytes]));
}
