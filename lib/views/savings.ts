import "server-only";
import { findSavings } from "#lib/answers/find-savings.ts";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { database } from "./database.ts";

/** What a set needs when sharing happens at each grain. `parts`: each once. */
export async function loadSavings(parts: readonly ArtifactPart[]): Promise<SavingsAnswer> {
  return findSavings(await database(), parts);
}
