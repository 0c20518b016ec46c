import type { ClosureItems } from "./build-closure.ts";

/** The items that the roots reach, the roots included, in ascending order; and the positions of the roots among them. */
export function limitToRoots(items: ClosureItems, roots: Int32Array): { items: ClosureItems; roots: Int32Array } {
  const kept = computeReachable(items, roots);
  const newIndex = new Int32Array(items.paths.length).fill(-1);
  const oldIndex: number[] = [];
  kept.forEach((keep, i) => {
    if (keep === 1) newIndex[i] = oldIndex.push(i) - 1;
  });
  // All references of a kept item are kept: checking the referrer is enough.
  const edgeCount = items.referrers.reduce((count, referrer) => count + kept[referrer]!, 0);
  const referrers = new Int32Array(edgeCount);
  const references = new Int32Array(edgeCount);
  let edge = 0;
  for (let i = 0; i < items.referrers.length; i++) {
    if (kept[items.referrers[i]!] === 0) continue;
    referrers[edge] = newIndex[items.referrers[i]!]!;
    references[edge++] = newIndex[items.references[i]!]!;
  }
  return {
    items: {
      paths: oldIndex.map((i) => items.paths[i]!),
      narHashes: oldIndex.map((i) => items.narHashes[i]!),
      narSizes: Float64Array.from(oldIndex, (i) => items.narSizes[i]!),
      derivers: oldIndex.map((i) => items.derivers[i]!),
      referrers,
      references,
      keyNames: items.keyNames,
      cached: items.cached && oldIndex.map((i) => items.cached![i]!),
    },
    roots: roots.map((root) => newIndex[root]!),
  };
}

/** 1 for each item that a root reaches. */
function computeReachable({ paths, referrers, references }: ClosureItems, roots: Int32Array): Uint8Array {
  const rowStart = new Int32Array(paths.length + 1);
  for (const referrer of referrers) rowStart[referrer + 1]! += 1;
  for (let i = 0; i < paths.length; i++) rowStart[i + 1]! += rowStart[i]!;
  const reached = new Uint8Array(paths.length);
  const stack = [...roots];
  for (const root of roots) reached[root] = 1;
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    for (let edge = rowStart[item]!; edge < rowStart[item + 1]!; edge++) {
      const reference = references[edge]!;
      if (reached[reference] === 1) continue;
      reached[reference] = 1;
      stack.push(reference);
    }
  }
  return reached;
}
