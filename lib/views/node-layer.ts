import "server-only";
import { answerNodeLayers } from "#lib/answers/node-layers.ts";
import { answerWhy } from "#lib/answers/why.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { toUnknownName } from "#lib/model/problem.ts";
import { database } from "./database.ts";
import { toNodeName } from "./node-name.ts";
import { orNotFound } from "./or-not-found.ts";

/** The layer with most of a node's files. Throws a UsageError if a name matches nothing, or no layer has such files. */
export async function findNodeLayer(text: string, node: string): Promise<{ digest: string; layer: number }> {
  const db = await database();
  const { id, digest } = await findArtifact(db, text);
  return orNotFound(async () => {
    const detail = await answerWhy(db, { artifactId: id, node: toNodeName(node), limit: 1, pathLimit: 1 });
    const [first] = await answerNodeLayers(db, id, detail.node.nodeIndex);
    if (first === undefined) throw toUnknownName(`no layer with files of ${node}`, []);
    return { digest, layer: first.layer };
  });
}
