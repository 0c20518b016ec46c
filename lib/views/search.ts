import "server-only";
import { answerFind, type FindAnswer } from "#lib/answers/find.ts";
import { database } from "./database.ts";

export type { FindAnswer } from "#lib/answers/find.ts";

export async function loadSearch(text: string): Promise<FindAnswer> {
  return answerFind(await database(), text);
}
