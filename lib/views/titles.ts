import "server-only";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { listNodeNames } from "#lib/db/queries/list-node-names.ts";
import { UsageError } from "#lib/model/problem.ts";
import { database } from "./database.ts";

/** What a page's title calls an artifact: its name; what the address says where that means nothing, or several things. */
export async function findArtifactTitle(text: string): Promise<string> {
  return (await findTitled(text))?.name || text;
}

/** The same for a node of an artifact, whose address may be its index. */
export async function findNodeTitle(artifact: string, node: string): Promise<string> {
  const found = /^\d{1,9}$/.test(node) ? await findTitled(artifact) : undefined;
  if (found === undefined) return node;
  const [named] = await listNodeNames(await database(), found.id, [Number(node)]);
  return named?.name ?? node;
}

/** Whether each of these names means one artifact. */
export async function areFound(texts: readonly string[]): Promise<boolean> {
  return (await Promise.all(texts.map(findTitled))).every((found) => found !== undefined);
}

async function findTitled(text: string) {
  try {
    return await findArtifact(await database(), text);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
