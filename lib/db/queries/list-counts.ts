import type { Queryable } from "./queryable.ts";

/** What a line about an artifact shows of it. */
export interface ArtifactCounts {
  readonly id: number;
  readonly digest: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
}

/** The counts of these artifacts, without those that were removed. */
export async function listCounts(db: Queryable, ids: readonly number[]): Promise<ArtifactCounts[]> {
  const { rows } = await db.query<ArtifactCounts>(
    `SELECT id, 'sha256:' || encode(digest, 'hex') AS digest, node_count AS "nodeCount", edge_count AS "edgeCount"
     FROM artifact WHERE id = ANY($1)`,
    [[...ids]],
  );
  return rows;
}
