import type { HeldComponent } from "#lib/model/holding.ts";
import type { Queryable } from "./queryable.ts";

/** The components of these artifacts, each artifact's by node index, in the order asked for. */
export async function listHeldComponents(db: Queryable, artifactIds: readonly number[]): Promise<HeldComponent[][]> {
  const { rows } = await db.query<HeldComponent & { artifact: number }>(
    `SELECT n.artifact_id AS artifact, n.component_id AS "componentId", c.identity || CASE n.instance_path WHEN '' THEN '' ELSE '#' || n.instance_path END AS id,
       c.kind, c.name, c.version, n.instance_path AS "instancePath", n.self_size AS "selfSize"
     FROM node n JOIN component c ON c.id = n.component_id WHERE n.artifact_id = ANY($1) ORDER BY n.artifact_id, n.node_index`,
    [[...new Set(artifactIds)]],
  );
  const byArtifact = Map.groupBy(rows, (row) => row.artifact);
  return artifactIds.map((id) => (byArtifact.get(id) ?? []).map(({ artifact: _, ...component }) => component));
}
