import { NODE_COLUMNS, type NodeRecord, type NodeRow, toNodeRow } from "./list-nodes.ts";
import type { Queryable } from "./queryable.ts";

/** A node with its immediate dominator: -1 directly under the virtual root. */
export interface RetainedNode extends NodeRow {
  readonly artifactId: number;
  readonly dominator: number;
}

/**
 * The nodes that retain most in each artifact, with their dominators, for a block divided by retained size. A dominator retains
 * at least as much as the nodes it dominates, so (ties aside) the dominators are among the rows.
 */
export async function listRetained(
  db: Queryable,
  artifactIds: readonly number[],
  limit: number,
): Promise<RetainedNode[]> {
  const { rows } = await db.query<NodeRecord & { artifactId: number; packed: Buffer | null }>(
    `SELECT n.artifact_id AS "artifactId", ${NODE_COLUMNS}, substring(g.dominator FROM 4 * n.node_index + 1 FOR 4) AS packed
     FROM unnest($1::int[]) AS wanted(id)
     CROSS JOIN LATERAL (
       SELECT * FROM node WHERE artifact_id = wanted.id ORDER BY retained_size DESC, node_index LIMIT $2
     ) n
     JOIN component c ON c.id = n.component_id
     LEFT JOIN packed_graph g ON g.artifact_id = n.artifact_id
     ORDER BY n.artifact_id, n.retained_size DESC, n.node_index`,
    [artifactIds, limit],
  );
  return rows.map(({ artifactId, packed, ...node }) => {
    return { ...toNodeRow(node), artifactId, dominator: packed?.readInt32LE(0) ?? -1 };
  });
}
