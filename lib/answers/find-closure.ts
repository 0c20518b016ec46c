import type { Pool } from "pg";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { listNodes } from "#lib/db/queries/list-nodes.ts";
import type { ClosureAnswer } from "#lib/model/answer.ts";
import { loadLabels } from "./labels.ts";

/** Nodes that an answer lists: those that retain most. */
const NODE_LIMIT = 2000;

/** What one artifact (database id) is made of. */
export async function findClosure(db: Pool, id: number): Promise<ClosureAnswer> {
  const [labels, artifact, list] = await Promise.all([
    loadLabels(db, [id]),
    getArtifact(db, id),
    listNodes(db, id, { limit: NODE_LIMIT }),
  ]);
  return {
    question: "closure",
    artifacts: [labels[0]!],
    total: { nodes: list.matching, edges: artifact?.edgeCount ?? 0, bytes: list.matchingSelfSize },
    nodes: list.rows.map(({ id: nodeId, name, version, selfSize, closureSize, retainedSize, live }) => {
      return { id: nodeId, name, version, selfSize, closureSize, retainedSize, live };
    }),
  };
}
