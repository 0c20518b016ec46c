import "server-only";
import { answerNamedHolders } from "#lib/answers/named-holders.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { findArtifacts } from "#lib/db/queries/find-artifacts.ts";
import type { CacheAnswer } from "#lib/model/cache-hits.ts";
import type { NamedHolder } from "#lib/model/named-holder.ts";
import type { UpdateAnswer } from "#lib/model/update-cost.ts";
import { answerCache } from "#lib/moves/cache/answer-cache.ts";
import { answerUpdate } from "#lib/moves/update/answer-update.ts";
import { database } from "./database.ts";
import { orNotFound } from "./or-not-found.ts";

export interface UpdateNames {
  readonly component: readonly string[];
  readonly in: readonly string[];
  readonly to: readonly string[];
}

/** The artifacts with one of the components. Throws a UsageError for an unknown one. */
export async function loadNamedHolders({ component }: Pick<UpdateNames, "component">): Promise<NamedHolder[]> {
  return answerNamedHolders(await database(), component);
}

/** What updating the components costs. Throws a UsageError for unknown names, and for too many artifacts. */
export async function loadUpdate(names: UpdateNames): Promise<UpdateAnswer> {
  const db = await database();
  const artifacts = (await Promise.all(names.in.map((name) => findArtifacts(db, name)))).flat();
  const to = await Promise.all(names.to.map((name) => findArtifact(db, name)));
  const given = { artifacts: orAll(artifacts), to: orAll(to) };
  return orNotFound(() => answerUpdate(db, { components: names.component, ...given }));
}

function orAll<Item>(list: readonly Item[]): readonly Item[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** What successive versions have in common. Throws a UsageError for unknown names, and for too few or too many of them. */
export async function loadCacheHits(names: readonly string[]): Promise<CacheAnswer> {
  const db = await database();
  const versions = await Promise.all(names.map((name) => findArtifact(db, name)));
  return orNotFound(() => answerCache(db, versions));
}
