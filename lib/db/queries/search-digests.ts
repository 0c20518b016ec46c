import { CURRENT_NAME } from "./current-name.ts";
import { digestRange } from "./digest-range.ts";
import type { Queryable } from "./queryable.ts";

/** An object that a digest identifies. `what`: which of its digests matched. */
export interface FoundDigest {
  readonly what: "digest" | "config" | "diffID" | "chainID" | "blob";
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  /** The newest artifact with this digest or layer. */
  readonly artifactDigest: string;
  readonly artifactName: string;
  /** The layer's position in it; `null` if the digest is the artifact's own. */
  readonly layer: number | null;
  /** Number of artifacts with this digest or layer. */
  readonly artifactCount: number;
}

/**
 * Objects with a digest that begins with the text: artifacts, configs, and layers by DiffID, ChainID or blob digest. None if the
 * text cannot begin a digest. Each table is searched through its digest index.
 */
export async function searchDigests(db: Queryable, text: string, limit: number): Promise<FoundDigest[]> {
  const range = digestRange(text);
  if (range === undefined) return [];
  const { rows } = await db.query<FoundDigest>(
    `WITH hit AS (
       SELECT 1 AS rank, 'digest' AS what, digest, id AS artifact_id, NULL::int AS layer_id
       FROM artifact WHERE digest BETWEEN $1 AND $2
       UNION ALL SELECT 2, 'config', config_digest, artifact_id, NULL FROM image WHERE config_digest BETWEEN $1 AND $2
       UNION ALL SELECT 3, 'diffID', diff_id, NULL, id FROM layer WHERE diff_id BETWEEN $1 AND $2
       UNION ALL SELECT 4, 'blob', digest, NULL, layer_id FROM (
         -- A layer that was never read has no blob, and an image that is removed no layers.
         SELECT digest, layer_id FROM blob WHERE digest BETWEEN $1 AND $2
         UNION SELECT blob_digest, layer_id FROM image_layer WHERE blob_digest BETWEEN $1 AND $2
       ) b
       UNION ALL SELECT 5, 'chainID', chain_id, NULL, layer_id FROM image_layer WHERE chain_id BETWEEN $1 AND $2
     ), placed AS (
       SELECT h.rank, h.what, h.digest, a.artifact_id, a.position AS layer
       FROM hit h CROSS JOIN LATERAL (
         SELECT h.artifact_id, NULL::int AS position WHERE h.artifact_id IS NOT NULL
         UNION ALL SELECT p.artifact_id, p.position FROM image_layer p WHERE p.layer_id = h.layer_id
           AND (h.what <> 'chainID' OR p.chain_id = h.digest)
       ) a
     ), counted AS (
       SELECT DISTINCT ON (digest) *, count(*) OVER (PARTITION BY digest, rank)::int AS artifact_count
       FROM placed ORDER BY digest, rank, artifact_id DESC
     )
     SELECT c.what, 'sha256:' || encode(c.digest, 'hex') AS digest, c.layer, c.artifact_count AS "artifactCount",
       'sha256:' || encode(a.digest, 'hex') AS "artifactDigest",
       ${CURRENT_NAME} AS "artifactName"
     FROM counted c JOIN artifact a ON a.id = c.artifact_id ORDER BY c.rank, c.digest LIMIT $3`,
    [...range, limit],
  );
  return rows;
}
