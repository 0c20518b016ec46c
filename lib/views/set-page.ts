import "server-only";
import { MAX_SETS } from "#lib/model/rung.ts";
import { type ChangesView, loadChanges } from "./changes.ts";
import { type Choices, loadChoices } from "./choose-set.ts";
import { type ChosenSet, findSet } from "./chosen-set.ts";
import { database } from "./database.ts";

export { MIN_SETS } from "#lib/model/rung.ts";

/** What the pages about several artifacts begin with. */
export interface SetPage {
  readonly set: ChosenSet;
  /** What the picker offers before anything is typed. */
  readonly opening: Choices;
  /** Artifacts above the most that a set may hold. */
  readonly surplus: number;
  readonly changes: ChangesView;
}

/** The artifacts that an address names, and what else there is to choose. */
export async function loadSetPage(names: readonly string[]): Promise<SetPage> {
  const changes = await loadChanges();
  const [set, opening] = await Promise.all([findSet(await database(), names), loadChoices("")]);
  const surplus = Math.max(0, set.artifacts.length - MAX_SETS);
  return { set: { ...set, artifacts: set.artifacts.slice(0, MAX_SETS) }, opening, surplus, changes };
}
