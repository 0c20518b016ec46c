import type { Queryable } from "./queryable.ts";

/** Images that stand on one lowest layer. */
export interface BaseGroup {
  /** `sha256:…` of the lowest layer. */
  readonly chainId: string;
  /** Their names, at most `MOST_NAMES`: those of fewest layers first, so that the base itself leads where it is here. */
  readonly names: readonly string[];
  readonly imageCount: number;
}

const MOST_NAMES = 32;

/** Groups of two and more images on one base, the largest group first. */
export async function listBases(db: Queryable, limit: number): Promise<BaseGroup[]> {
  const { rows } = await db.query<{ chain_id: string; names: string[]; image_count: number }>(
    `SELECT 'sha256:' || encode(p.chain_id, 'hex') AS chain_id, count(*)::int AS image_count,
       (array_agg(n.name ORDER BY t.top, lower(n.name)))[1:${MOST_NAMES}] AS names
     FROM image_layer p
     CROSS JOIN LATERAL (SELECT max(position) AS top FROM image_layer WHERE artifact_id = p.artifact_id) t
     JOIN LATERAL (
       SELECT name FROM artifact_name WHERE artifact_id = p.artifact_id ORDER BY seen_at DESC, name LIMIT 1
     ) n ON true
     WHERE p.position = 0
     GROUP BY p.chain_id HAVING count(*) > 1
     ORDER BY count(*) DESC, p.chain_id LIMIT $1`,
    [limit],
  );
  return rows.map(({ chain_id: chainId, names, image_count: imageCount }) => ({ chainId, names, imageCount }));
}
