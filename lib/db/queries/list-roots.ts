import type { Queryable } from "./queryable.ts";

/** The ids of the nodes an artifact's user, collector or contents name as roots, ascending. */
export async function listRoots(db: Queryable, artifactId: number): Promise<string[]> {
  const { rows } = await db.query<{ identity: string }>(
    `SELECT c.identity FROM node n JOIN component c ON c.id = n.component_id
     WHERE n.artifact_id = $1 AND n.root AND n.live ORDER BY c.identity`,
    [artifactId],
  );
  return rows.map((row) => row.identity);
}
