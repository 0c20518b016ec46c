import type { Queryable } from "./queryable.ts";

/** Images that stand on one lowest layer. */
export interface BaseGroup {
  /** `sha256:…` of the lowest layer. */
  readonly chainId: string;
  /** Their names, at most `MOST_LISTED`: those of fewest layers first, so that the base itself leads where it is here. */
  readonly names: readonly string[];
  /** What an address calls each: the name where it still means that image, else the digest's first twelve digits. */
  readonly texts: readonly string[];
  readonly imageCount: number;
}

const MOST_LISTED = 32;

/** Groups of two and more images on one base, the largest group first. */
export async function listBases(db: Queryable, limit: number): Promise<BaseGroup[]> {
  const { rows } = await db.query<{ chain_id: string; names: string[]; texts: string[]; image_count: number }>(
    `SELECT 'sha256:' || encode(p.chain_id, 'hex') AS chain_id, count(*)::int AS image_count,
       (array_agg(n.name ORDER BY t.top, lower(n.name), a.id))[1:${MOST_LISTED}] AS names,
       (array_agg(CASE WHEN n.moved THEN left(encode(a.digest, 'hex'), 12) ELSE n.name END
          ORDER BY t.top, lower(n.name), a.id))[1:${MOST_LISTED}] AS texts
     FROM image_layer p JOIN artifact a ON a.id = p.artifact_id
     CROSS JOIN LATERAL (SELECT max(position) AS top FROM image_layer WHERE artifact_id = p.artifact_id) t
     JOIN LATERAL (
       SELECT own.name, EXISTS (
         SELECT FROM artifact_name other WHERE other.name = own.name AND other.seen_at > own.seen_at
       ) AS moved
       FROM artifact_name own WHERE own.artifact_id = p.artifact_id ORDER BY own.seen_at DESC, own.name LIMIT 1
     ) n ON true
     WHERE p.position = 0
     GROUP BY p.chain_id HAVING count(*) > 1
     ORDER BY count(*) DESC, p.chain_id LIMIT $1`,
    [limit],
  );
  return rows.map(({ chain_id: chainId, image_count: imageCount, ...listed }) => ({ chainId, imageCount, ...listed }));
}
