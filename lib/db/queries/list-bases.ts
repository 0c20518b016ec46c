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
    `SELECT 'sha256:' || encode(p.chain_id, 'hex') AS "chainId", count(*) AS "imageCount",
       (array_agg(n.name ORDER BY t.top, lower(n.name), a.id))[1:${MAX_LISTED}] AS names,
       (array_agg('sha256:' || encode(a.digest, 'hex') ORDER BY t.top, lower(n.name), a.id))[1:${MAX_LISTED}] AS digests
     FROM image_layer p JOIN artifact a ON a.id = p.artifact_id
     CROSS JOIN LATERAL (SELECT max(position) AS top FROM image_layer WHERE artifact_id = p.artifact_id) t
     CROSS JOIN LATERAL (SELECT ${CURRENT_NAME} AS name) n
     -- A base is a stored image whose whole chain of layers is the bottom of another image's.
     WHERE p.chain_id IN (
       SELECT b.chain_id FROM image_layer b
       WHERE NOT EXISTS (SELECT FROM image_layer o WHERE o.artifact_id = b.artifact_id AND o.position > b.position)
     )
     GROUP BY p.chain_id HAVING max(t.top) > min(t.top)
     ORDER BY count(*) DESC, p.chain_id LIMIT $1`,
    [limit],
  );
  return rows;
}
