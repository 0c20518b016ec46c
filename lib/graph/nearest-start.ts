import type { Graph } from "./graph.ts";

export interface StartSearch {
  /** The reversed graph: row i lists the referrers of node i. */
  readonly reversed: Graph;
  readonly isStart: (node: number) => boolean;
  readonly end: number;
  /** Of several starts at the same distance, the one with the largest weight, then the lowest number. */
  readonly retainedSize: Float64Array;
}

const UNSEEN = -2;

/**
 * A shortest path to a node from its nearest start, both included; `undefined` if no start reaches it. Searches backwards and
 * stops at the distance of the first start: O(n + m), usually far less.
 */
export function findNearestStart({ reversed, isStart, end, retainedSize }: StartSearch): number[] | undefined {
  const next = new Int32Array(reversed.nodeCount).fill(UNSEEN);
  next[end] = -1;
  for (let level = [end]; level.length > 0; level = listBefore(reversed, level, next)) {
    const starts = level.filter(isStart).sort((a, b) => retainedSize[b]! - retainedSize[a]! || a - b);
    if (starts.length > 0) return followTo(next, starts[0]!);
  }
  return undefined;
}

function listBefore({ offsets, targets }: Graph, level: readonly number[], next: Int32Array): number[] {
  const before: number[] = [];
  for (const node of level) {
    for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) {
      const referrer = targets[slot]!;
      if (next[referrer] !== UNSEEN) continue;
      next[referrer] = node;
      before.push(referrer);
    }
  }
  return before;
}

function followTo(next: Int32Array, start: number): number[] {
  const path: number[] = [];
  for (let at = start; at >= 0; at = next[at]!) path.push(at);
  return path;
}
