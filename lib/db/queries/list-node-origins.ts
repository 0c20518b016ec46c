import type { Queryable } from "./queryable.ts";

/** What a node's id is made of besides the identity, and the NAR hash of a store item; "" if it has none. */
export interface NodeOrigin {
  readonly instancePath: string;
  readonly narHash: string;
}

/** Row i is node i. */
export async function listNodeOrigins(db: Queryable, artifactId: number): Promise<NodeOrigin[]> {
  const { rows } = await db.query<NodeOrigin>(
    `SELECT n.instance_path AS "instancePath", c.nar_hash AS "narHash" FROM node n JOIN component c ON c.id = n.component_id
     WHERE n.artifact_id = $1 ORDER BY n.node_index`,
    [artifactId],
  );
  return rows;
}
