import "server-only";
import { findSavings } from "#lib/answers/find-savings.ts";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { database } from "./database.ts";
import { orNotFound } from "./or-not-found.ts";

/** What a set needs when sharing happens at each grain. `parts`: each once. */
export async function loadSavings(parts: readonly ArtifactPart[]): Promise<SavingsAnswer> {
  const db = await database();
  return orNotFound(parts, () => findSavings(db, parts));
}
