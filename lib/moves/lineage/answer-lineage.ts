import type { Pool } from "pg";
import { answerRemoval } from "#lib/answers/freed.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { FamilyAnswer, LineageAnswer, PlannedImage } from "#lib/model/lineage.ts";
import { UsageError } from "#lib/model/problem.ts";
import { type Above, listAbove, listBelow } from "./families.ts";
import { type Families, loadFamilies } from "./load-families.ts";

/** Which stored image stands on which, by name. */
export async function answerLineage(db: Pool): Promise<LineageAnswer> {
  const { images } = await loadFamilies(db);
  return { images: images.toSorted((a, b) => compareNames(a.name, b.name)) };
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
  return new UsageError(`${name} is not an image: only images stand on others`);
}

/** All that is built again if a base moves: what stands directly on it first. Images without a current name stay as they are. */
function planAbove({ images, rows }: Families, above: readonly Above[]): PlannedImage[] {
  const current = above.filter(({ image }) => rows[image]!.names.some(({ until }) => until === null));
  const planned = current.map(({ image, steps }) => {
    const { id, name, base, storeBytes, pullBytes } = images[image]!;
    return { id, name, wave: steps, base: base!, storeBytes, pullBytes };
  });
  return planned.sort((a, b) => a.wave - b.wave || compareNames(a.name, b.name));
}

export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
