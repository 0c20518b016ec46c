import type { LayerChange } from "#lib/model/answer.ts";
import type { HeldLayer } from "#lib/model/holding.ts";

/**
 * The layers of two images (MEASURES.md, "Diff of two"): the common chain prefix, then what is left of the left image from
 * the bottom up, each with the lowest layer of its DiffID on the right that is not taken yet, then the rest of the right.
 * Each layer of either side stands in one row.
 */
export function diffLayers(left: readonly HeldLayer[], right: readonly HeldLayer[]): LayerChange[] {
  const prefix = findPrefix(left, right);
  const waiting = new Map<string, number[]>();
  for (let i = right.length - 1; i >= prefix; i--) {
    const positions = waiting.get(right[i]!.diffId) ?? [];
    positions.push(i);
    waiting.set(right[i]!.diffId, positions);
  }
  const rows: LayerChange[] = [];
  const taken = new Set<number>();
  for (const [i, { diffId, contentSize }] of left.entries()) {
    const position = i < prefix ? i : waiting.get(diffId)?.pop();
    if (position !== undefined) taken.add(position);
    const change = i < prefix ? "same" : position === undefined ? "removed" : "moved";
    rows.push({ change, diffId, contentSize, left: i, right: position ?? null });
  }
  for (const [i, { diffId, contentSize }] of right.entries()) {
    if (!taken.has(i)) rows.push({ change: "added", diffId, contentSize, left: null, right: i });
  }
  return rows;
}

/** Layers from the bottom up with equal ChainIDs. */
function findPrefix(left: readonly HeldLayer[], right: readonly HeldLayer[]): number {
  let length = 0;
  while (length < left.length && left[length]!.chainId === right[length]?.chainId) length++;
  return length;
}
