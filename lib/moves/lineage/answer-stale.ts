import type { Pool } from "pg";
import { answerRemoval } from "#lib/answers/freed.ts";
import { loadVersionChanges } from "#lib/answers/kept/version-changes.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { MovedBase, StaleAnswer, StaleImage } from "#lib/model/lineage.ts";
import { listAbove } from "./families.ts";
import type { Moved, Stale } from "./find-stale.ts";
import { type Families, loadFamilies, sumOf } from "./load-families.ts";
import { compareNames, sumPlan } from "./plan.ts";

/** Which images stand on a base whose name refers to a newer snapshot, and what building them again costs. */
export async function answerStale(db: Pool): Promise<StaleAnswer> {
  return describeStale(db, await loadFamilies(db));
}

/** The same of what is loaded already. */
export async function describeStale(db: Pool, families: Families): Promise<StaleAnswer> {
  const images = families.stale
    .map((stale) => toStaleImage(families, stale))
    .sort((a, b) => a.wave - b.wave || compareNames(a.name, b.name));
  const outdated = listOutdated(families);
  return {
    images,
    bases: await describeBases(db, families, outdated),
    total: sumPlan(images),
    freed: await answerRemoval(db, idsOfFamilies(families, outdated)),
  };
}

function toStaleImage({ images, rows }: Families, { image, moved, wave }: Stale): StaleImage {
  const { id, name, base, storeBytes, pullBytes } = images[image]!;
  const newer = moved === undefined ? null : toArtifactId(rows[moved.newer]!.digest);
  return { id, name, wave, base: base!, newer, storeBytes, pullBytes };
}

/** A base that has a newer snapshot, with the stale images that stand directly on it. */
interface Outdated {
  readonly base: number;
  readonly moved: Moved;
  readonly staleCount: number;
}

/** The last moved first. */
function listOutdated({ stale, bases, images }: Families): Outdated[] {
  const direct = stale.filter((each): each is Stale & { moved: Moved } => each.moved !== undefined);
  const groups = Map.groupBy(direct, ({ image }) => bases[image]!);
  const outdated = [...groups].map(([base, members]) => {
    return { base, moved: members[0]!.moved, staleCount: members.length };
  });
  const nameOf = ({ base }: Outdated) => images[base]!.name;
  return outdated.sort((a, b) => (b.moved.since ?? 0) - (a.moved.since ?? 0) || compareNames(nameOf(a), nameOf(b)));
}

function idsOfFamilies({ rows, children }: Families, outdated: readonly Outdated[]): number[] {
  const members = outdated.flatMap(({ base }) => [base, ...listAbove(children, base).map(({ image }) => image)]);
  return [...new Set(members)].map((image) => rows[image]!.id);
}

async function describeBases(db: Pool, families: Families, outdated: readonly Outdated[]): Promise<MovedBase[]> {
  const { rows } = families;
  const compared = (image: number) => ({ ...rows[image]!, artifactId: rows[image]!.id, kind: "image" as const });
  const changes = await loadVersionChanges(
    db,
    outdated.map(({ base, moved }) => [compared(base), compared(moved.newer)]),
  );
  const described: MovedBase[] = [];
  for (const [i, each] of outdated.entries()) {
    const freed = await answerRemoval(db, idsOfFamilies(families, [each]));
    described.push({ ...toMovedBase(families, each), changes: changes[i]!, freed });
  }
  return described;
}

function toMovedBase({ rows, images }: Families, { base, moved, staleCount }: Outdated) {
  const older = rows[base]!;
  const newer = rows[moved.newer]!;
  const [before, after] = [sumOf(older.layers, "contentSize"), sumOf(newer.layers, "contentSize")];
  return {
    id: images[base]!.id,
    baseName: older.name,
    name: moved.name,
    newer: images[moved.newer]!.id,
    newerName: newer.name,
    since: moved.since,
    delta: before === null || after === null ? null : after - before,
    pullBytes: sumOf(newer.layers, "downloadSize"),
    staleCount,
  } satisfies Omit<MovedBase, "changes" | "freed">;
}
