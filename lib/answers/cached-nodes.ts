import { getCacheFacts } from "#lib/db/queries/get-cache-facts.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";

/** The same nodes of an artifact, with what a binary cache says of them if the artifact was scanned from one. */
export async function addCacheFacts<Node extends NodeRow>(
  db: Queryable,
  artifactId: number,
  nodes: readonly Node[],
): Promise<Node[]> {
  const facts = await getCacheFacts(db, artifactId);
  if (facts === undefined) return [...nodes];
  return nodes.map((node) => {
    const fileSize = facts.fileSizes[node.nodeIndex]!;
    const size = fileSize < 0 ? {} : { downloadSize: fileSize };
    return { ...node, ...size, signature: facts.checks[facts.check[node.nodeIndex]!]! };
  });
}
