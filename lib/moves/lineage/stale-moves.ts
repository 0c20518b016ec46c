import type { Pool } from "pg";
import type { StaleMove } from "#lib/db/jobs/stale-notices.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { MovedBase, StaleImage } from "#lib/model/lineage.ts";
import { describeStale } from "./answer-stale.ts";
import type { Stale } from "./find-stale.ts";
import { type Families, loadFamilies } from "./load-families.ts";

/** A stale image and the base whose move made it stale, as `stale --json` has them. */
export interface StaleEvent {
  readonly move: StaleMove;
  readonly image: StaleImage;
  readonly base: MovedBase;
}

/**
 * The images that became stale since a time (milliseconds since the epoch) and that `choose` picks, by wave: a base's name moved, or an
 * image was scanned that stands on an older snapshot. Only for chosen ones the rest is computed.
 */
export async function answerStaleEvents(
  db: Pool,
  since: number,
  choose: (moves: readonly StaleMove[]) => Promise<readonly StaleMove[]>,
): Promise<StaleEvent[]> {
  const families = await loadFamilies(db);
  const chosen = await choose(listStaleMoves(families, since));
  if (chosen.length === 0) return [];
  const { images, bases } = await describeStale(db, families);
  const moveOf = new Map(chosen.map((move) => [toArtifactId(move.image), move]));
  const baseOf = new Map(bases.map((base) => [base.id, base]));
  return images.flatMap((image) => {
    const move = moveOf.get(image.id);
    const base = move && baseOf.get(toArtifactId(move.base));
    return move === undefined || base === undefined ? [] : [{ move, image, base }];
  });
}

/** The stale images of which it was not true before the time. */
export function listStaleMoves({ rows, bases, stale }: Families, since: number): StaleMove[] {
  const staleOf = new Map(stale.map((each) => [each.image, each]));
  return stale.flatMap((each): StaleMove[] => {
    const { image, moved } = findMove(staleOf, bases, each);
    if (moved === undefined || Math.max(moved.since ?? 0, firstSeen(rows[each.image]!)) < since) return [];
    const digestOf = (position: number) => rows[position]!.digest;
    return [{ image: digestOf(each.image), base: digestOf(bases[image]!), newer: digestOf(moved.newer) }];
  });
}

/** The image at or below this one that stands on the base that moved. */
function findMove(staleOf: ReadonlyMap<number, Stale>, bases: readonly number[], start: Stale): Stale {
  let at = start;
  while (at.moved === undefined) {
    const below = staleOf.get(bases[at.image]!);
    if (below === undefined) break;
    at = below;
  }
  return at;
}

/** 0 if it was stored before names had times. */
function firstSeen({ names }: Families["rows"][number]): number {
  return Math.min(...names.map(({ since }) => since ?? 0));
}
