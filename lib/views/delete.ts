import "server-only";
import { answerRemoval } from "#lib/answers/freed.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { removeArtifact } from "#lib/db/write/remove-artifact.ts";
import type { Freed } from "#lib/model/lineage.ts";
import { type ChosenSet, findSet } from "./chosen-set.ts";
import { database } from "./database.ts";
import { orNotFound } from "./or-not-found.ts";

export interface DeletionView extends ChosenSet {
  /** All names removed with each artifact, in the order of `artifacts`. */
  readonly names: readonly (readonly string[])[];
  /** Bytes freed by deleting all of them. */
  readonly freed: Freed;
}

/** The effect of deleting these artifacts. A root's store path is ignored: a store is deleted only as a whole. */
export async function loadDeletion(texts: readonly string[]): Promise<DeletionView> {
  const db = await database();
  const { artifacts, problems } = await findSet(db, texts);
  const whole = artifacts.filter(({ root }) => root === undefined);
  const [details, freed] = await Promise.all([
    orNotFound(() => Promise.all(whole.map(({ id }) => getArtifact(db, id)))),
    answerRemoval(
      db,
      whole.map(({ id }) => id),
    ),
  ]);
  return { artifacts: whole, problems, names: details.map(({ allNames }) => allNames), freed };
}

/** Deletes artifacts by their names in a URL; returns their number. Skips those already removed. */
export async function deleteArtifacts(texts: readonly string[]): Promise<number> {
  const db = await database();
  const { artifacts } = await findSet(db, texts);
  const whole = artifacts.filter(({ root }) => root === undefined);
  for (const { id } of whole) await removeArtifact(db, id);
  return whole.length;
}
