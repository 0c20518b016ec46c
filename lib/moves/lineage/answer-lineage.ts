import type { Pool } from "pg";
import { answerRemoval } from "#lib/answers/freed.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { FamilyAnswer, LineageAnswer, LineageImage, LineageOverview, MovingBase } from "#lib/model/lineage.ts";
import { UsageError } from "#lib/model/problem.ts";
import { describeStale } from "./answer-stale.ts";
import { listAbove, listBelow } from "./families.ts";
import { type Families, loadFamilies, sumOf } from "./load-families.ts";
import { compareNames, planAbove, sumPlan } from "./plan.ts";

/** Which stored image stands on which, by name. */
export async function answerLineage(db: Pool): Promise<LineageAnswer> {
  return { images: listByName(await loadFamilies(db)) };
}

/**
 * What an image (its database id) stands on, what stands on it, and what follows if it moves or leaves. Throws a UsageError for an
 * artifact that is no image.
 */
export async function answerFamily(db: Pool, artifactId: number): Promise<FamilyAnswer> {
  const families = await loadFamilies(db);
  const at = families.rows.findIndex(({ id }) => id === artifactId);
  if (at === -1) throw await toNoImage(db, artifactId);
  const above = listAbove(families.children, at);
  const idsOf = (positions: readonly number[]) => positions.map((image) => families.rows[image]!.id);
  const withAll = [at, ...above.map(({ image }) => image)];
  const [freed, freedWithAll] = await Promise.all([answerRemoval(db, [artifactId]), answerRemoval(db, idsOf(withAll))]);
  return {
    image: families.images[at]!,
    images: [...listBelow(families.bases, at), ...withAll].map((image) => families.images[image]!),
    plan: planAbove(families, above),
    freed,
    freedWithAll,
  };
}

async function toNoImage(db: Pool, artifactId: number): Promise<UsageError> {
  const { name } = await getArtifact(db, artifactId);
  return new UsageError(`${name} is not an image: only images are built on others`);
}

/** The same with the stale images, and what follows if one base moves (its id); default: the one with most images on it. */
export async function answerLineageOverview(db: Pool, base?: string): Promise<LineageOverview> {
  const families = await loadFamilies(db);
  return { images: listByName(families), stale: await describeStale(db, families), moving: findMoving(families, base) };
}

function listByName({ images }: Families): LineageImage[] {
  return images.toSorted((a, b) => compareNames(a.name, b.name));
}

function findMoving(families: Families, base: string | undefined): MovingBase | null {
  const bases = listByName(families).filter(({ imageCount }) => imageCount > 0);
  const largest = bases.toSorted((a, b) => b.imageCount - a.imageCount)[0];
  const image = bases.find(({ id }) => id === base) ?? largest;
  if (image === undefined) return null;
  const at = families.images.indexOf(image);
  const plan = planAbove(families, listAbove(families.children, at));
  return { image, downloadSize: sumOf(families.rows[at]!.layers, "downloadSize"), plan, total: sumPlan(plan) };
}
