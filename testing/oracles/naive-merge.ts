import type { TextRecord, ThreeSides } from "#lib/formats/three-way/index.ts";

/**
 * A merge by its definition, key by key and quadratic: what is kept of each key, and which keys both sides changed differently. Keys are
 * distinct on each side.
 */
export function naiveMerge(sides: ThreeSides<readonly TextRecord[]>): {
  kept: ReadonlySet<string>;
  conflicts: ReadonlySet<string>;
} {
  const textOf = (side: readonly TextRecord[], key: string) => side.filter((each) => each.key === key)[0]?.text;
  const kept = new Set<string>();
  const conflicts = new Set<string>();
  for (const { key } of [...sides.base, ...sides.ours, ...sides.theirs]) {
    const states = [textOf(sides.base, key), textOf(sides.ours, key), textOf(sides.theirs, key)];
    const [base, ours, theirs] = states;
    if (new Set(states).size === 3) conflicts.add(key);
    else if (ours === theirs && ours !== undefined) kept.add(`${key} ${ours}`);
    else if (ours === base && theirs !== undefined) kept.add(`${key} ${theirs}`);
    else if (theirs === base && ours !== undefined) kept.add(`${key} ${ours}`);
  }
  return { kept, conflicts };
}
