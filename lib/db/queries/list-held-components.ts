import type { ComponentKind } from "#lib/model/component.ts";
import type { HeldComponent } from "#lib/model/holding.ts";
import { type Queryable, toSafeInteger } from "./queryable.ts";

interface HeldComponentRecord {
  artifact_id: number;
  component_id: string;
  id: string;
  kind: ComponentKind;
  name: string;
  version: string;
  instance_path: string;
  self_size: string;
}

/** The components of these artifacts, each artifact's by node index, in the order asked for. */
export async function listHeldComponents(db: Queryable, artifactIds: readonly number[]): Promise<HeldComponent[][]> {
  const { rows } = await db.query<HeldComponentRecord>(
    `SELECT n.artifact_id, n.component_id, c.identity || CASE n.instance_path WHEN '' THEN '' ELSE '#' || n.instance_path END AS id,
       c.kind, c.name, c.version, n.instance_path, n.self_size
     FROM node n JOIN component c ON c.id = n.component_id WHERE n.artifact_id = ANY($1) ORDER BY n.artifact_id, n.node_index`,
    [[...new Set(artifactIds)]],
  );
  const byArtifact = Map.groupBy(rows, (row) => row.artifact_id);
  return artifactIds.map((id) => (byArtifact.get(id) ?? []).map(toHeldComponent));
}

function toHeldComponent(record: HeldComponentRecord): HeldComponent {
  return {
    componentId: toSafeInteger(record.component_id),
    id: record.id,
    kind: record.kind,
    name: record.name,
    version: record.version,
    instancePath: record.instance_path,
    selfSize: toSafeInteger(record.self_size),
  };
}
