import type { Pool } from "pg";
import { countComponentChanges } from "#lib/analysis/sharing/diff-components.ts";
import type { VersionRow } from "#lib/db/queries/list-versions.ts";
import type { VersionChanges } from "#lib/model/name-version.ts";
import { GoneError } from "#lib/model/problem.ts";
import { KeptByUse } from "./by-use.ts";
import { loadKeptComponents } from "./holdings.ts";

/** Cached pairs: three numbers each. */
const KEPT_PAIRS = 20_000;
/** Components that one answer compares at most, on both sides of all pairs: about a second. */
const MAX_COMPARED_COMPONENTS = 200_000;

const NO_CHANGES: VersionChanges = { added: 0, removed: 0, changed: 0 };
const kept = new KeptByUse<VersionChanges, string>(KEPT_PAIRS, () => 1);

type Compared = Pick<VersionRow, "artifactId" | "kind" | "manifestOnly" | "nodeCount">;
type Pair = readonly [before: Compared | undefined, after: Compared];

/**
 * What changed in each of these pairs, the most important first: `null` without a version before, for images known by their manifest
 * alone, and after `MAX_COMPARED_COMPONENTS`. Artifacts never change, so a result stays valid.
 */
export async function loadVersionChanges(db: Pool, pairs: readonly Pair[]): Promise<(VersionChanges | null)[]> {
  const found: (VersionChanges | null)[] = [];
  let budget = MAX_COMPARED_COMPONENTS;
  for (const [before, after] of pairs) {
    if (before === undefined || before.manifestOnly || after.manifestOnly) {
      found.push(null);
      continue;
    }
    budget -= before.nodeCount + after.nodeCount;
    found.push(budget < 0 ? null : await loadPair(db, before, after));
  }
  return found;
}

async function loadPair(db: Pool, before: Compared, after: Compared): Promise<VersionChanges> {
  if (before.artifactId === after.artifactId) return NO_CHANGES;
  return kept.get(`${before.artifactId} ${after.artifactId}`, async () => {
    const sides = [before, after];
    const lists = await loadKeptComponents(
      db,
      sides.map(({ artifactId: id }) => ({ id })),
    );
    // Removed meanwhile: the counts would be wrong, and stay.
    if (sides.some(({ nodeCount }, i) => lists[i]!.length !== nodeCount)) throw new GoneError();
    const [left, right] = sides.map(({ kind }, i) => ({ holding: { kind }, components: lists[i]! }));
    return countComponentChanges(left!, right!);
  });
}
