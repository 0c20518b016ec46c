import type { LayerChange } from "#lib/model/answer.ts";
import type { HeldLayer } from "#lib/model/holding.ts";

/**
 * The layers of two images: the common chain prefix, then the rest of the left image from the bottom up, each paired with the
 * lowest unpaired layer of its DiffID on the right, then the rest of the right. Each layer of either side is in one row.
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

/** Number of layers from the bottom up with equal ChainIDs. */
function findPrefix(left: readonly HeldLayer[], right: readonly HeldLayer[]): number {
  let length = 0;
  while (length < left.length && left[length]!.chainId === right[length]?.chainId) length++;
  return length;
}
