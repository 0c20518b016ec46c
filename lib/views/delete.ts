import "server-only";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { type FreedBytes, sumFreed } from "#lib/db/queries/sum-freed.ts";
import { removeArtifact } from "#lib/db/write/remove-artifact.ts";
import { type ChosenSet, findSet } from "./chosen-set.ts";
import { database } from "./database.ts";

export interface DeletionView extends ChosenSet {
  /** All names that go with each artifact, in the order of `artifacts`. */
  readonly names: readonly (readonly string[])[];
  /** What deleting all of them frees. */
  readonly freed: FreedBytes;
}

/** What would go with these artifacts. A root's store path means the closure of a store, which goes as a whole or not at all. */
export async function loadDeletion(texts: readonly string[]): Promise<DeletionView> {
  const db = await database();
  const { artifacts, problems } = await findSet(db, texts);
  const whole = artifacts.filter(({ root }) => root === undefined);
  const [details, freed] = await Promise.all([
    Promise.all(whole.map(({ id }) => getArtifact(db, id))),
    sumFreed(
      db,
      whole.map(({ id }) => id),
    ),
  ]);
  return { artifacts: whole, problems, names: details.map((detail) => detail?.allNames ?? []), freed };
}

/** Deletes artifacts by what an address calls them; returns how many. Those that are gone already are passed over. */
export async function deleteArtifacts(texts: readonly string[]): Promise<number> {
  const db = await database();
  const { artifacts } = await findSet(db, texts);
  const whole = artifacts.filter(({ root }) => root === undefined);
  for (const { id } of whole) await removeArtifact(db, id);
  return whole.length;
}
