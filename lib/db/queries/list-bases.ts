import { CURRENT_NAME } from "./current-name.ts";
import type { Queryable } from "./queryable.ts";

/** An image and the images built on it: all its layers are their lowest. */
export interface BaseGroup {
  /** `sha256:…`: the ChainID of all the base's layers. */
  readonly chainId: string;
  /** Their display names, at most `MAX_LISTED`: those of fewest layers first, so that the base itself leads. */
  readonly names: readonly string[];
  /** The same images by digest. */
  readonly digests: readonly string[];
  readonly imageCount: number;
}

const MAX_LISTED = 32;

/** Bases with the images built on them, the largest group first. */
export async function listBases(db: Queryable, limit: number): Promise<BaseGroup[]> {
  const { rows } = await db.query<BaseGroup>(
    `WITH top AS (
       SELECT DISTINCT ON (artifact_id) artifact_id, position, chain_id FROM image_layer ORDER BY artifact_id, position DESC
     ), base AS (
       -- A base is a stored image whose whole chain of layers is the bottom of another image's.
       SELECT p.chain_id, count(*) AS image_count FROM image_layer p JOIN top t ON t.artifact_id = p.artifact_id
       WHERE p.chain_id IN (SELECT chain_id FROM top)
       GROUP BY p.chain_id HAVING max(t.position) > min(t.position)
       ORDER BY count(*) DESC, p.chain_id LIMIT $1
     )
     SELECT 'sha256:' || encode(b.chain_id, 'hex') AS "chainId", b.image_count AS "imageCount",
       (array_agg(n.name ORDER BY t.position, lower(n.name), a.id))[1:${MAX_LISTED}] AS names,
       (array_agg('sha256:' || encode(a.digest, 'hex') ORDER BY t.position, lower(n.name), a.id))[1:${MAX_LISTED}] AS digests
     FROM base b JOIN image_layer p ON p.chain_id = b.chain_id JOIN artifact a ON a.id = p.artifact_id
     JOIN top t ON t.artifact_id = p.artifact_id
     CROSS JOIN LATERAL (SELECT ${CURRENT_NAME} AS name) n
     GROUP BY b.chain_id, b.image_count ORDER BY b.image_count DESC, b.chain_id`,
    [limit],
  );
  return rows;
}
