import type { Freed } from "#lib/model/lineage.ts";
import type { Queryable } from "./queryable.ts";

/** Bytes that no other stored image needs, so that they leave with these. */
export async function sumFreed(db: Queryable, artifactIds: readonly number[]): Promise<Freed> {
  const { rows } = await db.query<Freed>(
    `SELECT
       (SELECT CASE WHEN count(*) = count(l.content_size) THEN coalesce(sum(l.content_size), 0) END
        FROM (SELECT DISTINCT layer_id, chain_id FROM image_layer WHERE artifact_id = ANY($1)) c
        JOIN layer l ON l.id = c.layer_id
        WHERE NOT EXISTS (SELECT FROM image_layer o
          WHERE o.layer_id = c.layer_id AND o.chain_id = c.chain_id AND o.artifact_id <> ALL($1))) AS disk,
       (SELECT CASE WHEN count(*) = count(size) THEN coalesce(sum(size), 0) END
        FROM (SELECT layer_id, blob_digest, max(download_size) AS size
          FROM image_layer WHERE artifact_id = ANY($1) GROUP BY layer_id, blob_digest) b
        WHERE NOT EXISTS (SELECT FROM image_layer o
          WHERE o.layer_id = b.layer_id AND o.blob_digest = b.blob_digest AND o.artifact_id <> ALL($1))) AS registry`,
    [artifactIds],
  );
  return rows[0]!;
}
