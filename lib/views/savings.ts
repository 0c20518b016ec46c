import "server-only";
import { findSavings } from "#lib/answers/find-savings.ts";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import { database } from "./database.ts";

/** What a set needs when sharing happens at each grain. `ids`: database ids, each once. */
export async function loadSavings(ids: readonly number[]): Promise<SavingsAnswer> {
  return findSavings(await database(), ids);
}
