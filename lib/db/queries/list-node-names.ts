import type { ComponentKind } from "#lib/model/component.ts";
import type { Queryable } from "./queryable.ts";

/** A node by its common name. */
export interface NodeName {
  readonly nodeIndex: number;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
}

/** The common names of these nodes of one artifact. */
export async function listNodeNames(
  db: Queryable,
  artifactId: number,
  nodeIndexes: readonly number[],
): Promise<NodeName[]> {
  if (nodeIndexes.length === 0) return [];
  const { rows } = await db.query<NodeName>(
    `SELECT n.node_index AS "nodeIndex", c.kind, c.name, c.version FROM node n JOIN component c ON c.id = n.component_id
     WHERE n.artifact_id = $1 AND n.node_index = ANY($2)`,
    [artifactId, nodeIndexes],
  );
  return rows;
}
