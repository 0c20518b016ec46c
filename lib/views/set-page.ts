import "server-only";
import { MAX_SETS } from "#lib/model/rung.ts";
import { type Activity, loadActivity } from "./activity.ts";
import { type Choices, loadChoices } from "./choose-set.ts";
import { type ChosenSet, findSet } from "./chosen-set.ts";
import { database } from "./database.ts";

export { MIN_SETS } from "#lib/model/rung.ts";

/** The common part of pages about several artifacts. */
export interface SetPage {
  readonly set: ChosenSet;
  /** The picker's choices before anything is typed. */
  readonly opening: Choices;
  /** Number of artifacts over the limit of a set. */
  readonly surplus: number;
  readonly activity: Activity;
}

/** The artifacts named in a URL, `max` of them, and the others to select. */
export async function loadSetPage(names: readonly string[], max = MAX_SETS): Promise<SetPage> {
  const activity = await loadActivity();
  const [set, opening] = await Promise.all([findSet(await database(), names), loadChoices("")]);
  const surplus = Math.max(0, set.artifacts.length - max);
  return { set: { ...set, artifacts: set.artifacts.slice(0, max) }, opening, surplus, activity };
}
