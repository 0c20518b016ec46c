import { RootReason } from "#lib/model/root-reason.ts";
import type { Queryable } from "./queryable.ts";

/** The components that an SBOM describes, or the document itself if it names none. Sorted. */
export async function listSubjects(db: Queryable, artifactId: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT c.identity || CASE n.instance_path WHEN '' THEN '' ELSE '#' || n.instance_path END AS id
     FROM node n JOIN component c ON c.id = n.component_id
     WHERE n.artifact_id = $1 AND n.root_reason = ${RootReason.subject} ORDER BY c.identity, n.instance_path`,
    [artifactId],
  );
  return rows.map((row) => row.id);
}

/** The store paths named as GC roots or by the user; if there are none, the paths without referrers. Sorted. */
export async function listRoots(db: Queryable, artifactId: number): Promise<string[]> {
  const { rows } = await db.query<{ identity: string }>(
    `SELECT c.identity FROM closure s
     JOIN node n ON n.artifact_id = s.artifact_id
       AND CASE WHEN cardinality(s.roots) > 0 THEN n.node_index = ANY(s.roots) ELSE n.root AND n.live END
     JOIN component c ON c.id = n.component_id
     WHERE s.artifact_id = $1 ORDER BY c.identity`,
    [artifactId],
  );
  return rows.map((row) => row.identity);
}
