import type { Queryable } from "./queryable.ts";

/**
 * For each of these images: bytes of the layers that no other image has on the same layers; `among`: no other of these. Others
 * are left out.
 */
export async function listOnlyHere(
  db: Queryable,
  artifactIds: readonly number[],
  among?: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await db.query<{ artifact_id: number; bytes: number }>(
    `SELECT p.artifact_id, coalesce(sum(l.content_size) FILTER (WHERE NOT EXISTS (
         SELECT FROM image_layer o
         WHERE o.layer_id = p.layer_id AND o.chain_id = p.chain_id AND o.artifact_id <> p.artifact_id
           AND ($2::int[] IS NULL OR o.artifact_id = ANY($2))
       )), 0) AS bytes
     FROM image_layer p JOIN layer l ON l.id = p.layer_id WHERE p.artifact_id = ANY($1) GROUP BY p.artifact_id`,
    [artifactIds, among ?? null],
  );
  return new Map(rows.map(({ artifact_id, bytes }) => [artifact_id, bytes]));
}
