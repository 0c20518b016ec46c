import "server-only";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { UsageError } from "#lib/model/problem.ts";
import { database } from "./database.ts";

/**
 * What a page's title calls an artifact: its name; what the address says where it has no name, or where several may be meant;
 * `undefined` where none is.
 */
export async function findArtifactTitle(text: string): Promise<string | undefined> {
  try {
    return (await findArtifact(await database(), text)).name || text;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.candidates.length > 0 ? text : undefined;
  }
}

/** Whether each of these names means one artifact. */
export async function areFound(texts: readonly string[]): Promise<boolean> {
  return (await Promise.all(texts.map(isFound))).every((found) => found);
}

async function isFound(text: string): Promise<boolean> {
  try {
    await findArtifact(await database(), text);
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
