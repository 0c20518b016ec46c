import type { Graph } from "#lib/graph/graph.ts";
import { int32Column } from "./columns.ts";
import type { Queryable } from "./queryable.ts";

/** The references of one artifact's graph and nothing of its nodes, or `undefined` if it has no graph. */
export async function loadReferences(db: Queryable, artifactId: number): Promise<Graph | undefined> {
  const { rows } = await db.query<Record<"offsets" | "targets", Buffer>>(
    "SELECT offsets, targets FROM packed_graph WHERE artifact_id = $1",
    [artifactId],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const [offsets, targets] = [int32Column(row.offsets), int32Column(row.targets)];
  return { nodeCount: offsets.length - 1, edgeCount: targets.length, offsets, targets };
}
