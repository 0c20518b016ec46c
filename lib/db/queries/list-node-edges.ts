import type { Evidence } from "#lib/model/component.ts";
import type { Queryable } from "./queryable.ts";

/** One statement of an edge at a node. A pair of nodes may have several, such as declared and observed. */
export interface NodeEdge {
  readonly from: number;
  readonly to: number;
  readonly evidence: Evidence;
  /** The evidence; "" for store references. */
  readonly detail: string;
}

/** The edges of an image that leave or enter these nodes, with their evidence. A closure has none here: see `ArtifactGraph`. */
export async function listNodeEdges(
  db: Queryable,
  artifactId: number,
  nodeIndexes: readonly number[],
): Promise<NodeEdge[]> {
  const { rows } = await db.query<NodeEdge>(
    `SELECT from_index AS "from", to_index AS "to", evidence, detail FROM edge
     WHERE artifact_id = $1 AND (from_index = ANY($2) OR to_index = ANY($2)) ORDER BY ordinal`,
    [artifactId, nodeIndexes],
  );
  return rows;
}
