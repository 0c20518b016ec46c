import "server-only";
import { answerFind, type FindAnswer } from "#lib/answers/find.ts";
import { answerComponentHolders, answerFileHolders, type HolderList } from "#lib/answers/holders.ts";
import { answerNearNames, type NearNames } from "#lib/answers/near-names.ts";
import { database } from "./database.ts";
import { toNodeName } from "./node-name.ts";

export type { FindAnswer } from "#lib/answers/find.ts";
export type { Holder, HolderList } from "#lib/answers/holders.ts";
export type { NearNames } from "#lib/answers/near-names.ts";

/** Artifacts offered to choose from. */
const MAX_HOLDERS = 100;

export async function loadSearch(text: string): Promise<FindAnswer> {
  return answerFind(await database(), text);
}

/** What is to be found in artifacts: a file of images by its path, or a component by its purl or store path. */
export interface Held {
  readonly file?: string | undefined;
  readonly component?: string | undefined;
}

/** The artifacts that have it, and whose name contains the text. */
export async function loadHolders({ file, component }: Held, text: string): Promise<HolderList> {
  const filter = { text, limit: MAX_HOLDERS };
  if (component !== undefined) return answerComponentHolders(await database(), component, filter);
  if (file !== undefined) return answerFileHolders(await database(), { path: file, item: null }, filter);
  return { rows: [], total: 0 };
}

/** Names like that of an artifact, or of a component in it, that a URL names and that does not exist. */
export async function loadNearNames(artifact: string, component?: string): Promise<NearNames> {
  return answerNearNames(await database(), artifact, toNodeName(component));
}
