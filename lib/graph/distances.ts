import type { Graph, NodeList } from "./graph.ts";

/** Instead of a distance: no start reaches the node. */
export const UNREACHABLE = -1;

/** Edges from the nearest start, by node; `UNREACHABLE` if none reaches it. O(n + m). Throws a RangeError for a start that is not a node. */
export function computeDistances({ nodeCount, offsets, targets }: Graph, starts: NodeList): Int32Array {
  const distance = new Int32Array(nodeCount).fill(UNREACHABLE);
  const queue = new Int32Array(nodeCount);
  let length = 0;
  for (const start of starts) {
    if (start < 0 || start >= nodeCount) throw new RangeError(`start ${start} of ${nodeCount} nodes`);
    if (distance[start] !== UNREACHABLE) continue;
    distance[start] = 0;
    queue[length++] = start;
  }
  for (let head = 0; head < length; head++) {
    const node = queue[head]!;
    for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) {
      const target = targets[slot]!;
      if (distance[target] !== UNREACHABLE) continue;
      distance[target] = distance[node]! + 1;
      queue[length++] = target;
    }
  }
  return distance;
}
