import type { Graph, NodeList } from "./graph.ts";

/** Instead of a parent: the node is a start, or no start reaches it (within the limit). */
export const NO_PARENT = -1;
export const UNREACHED = -2;

/**
 * For each node the one before it on a shortest path from the starts, `NO_PARENT` for a start, `UNREACHED` for a node that no
 * start reaches within `maxSteps` edges (default: any number). Of several shortest paths, the first in the order of the starts
 * and of the edges. O(n + m). Throws a RangeError for a start that is not a node.
 */
export function buildBreadthFirstTree(
  { nodeCount, offsets, targets }: Graph,
  starts: NodeList,
  maxSteps = Number.POSITIVE_INFINITY,
): Int32Array {
  const parents = new Int32Array(nodeCount).fill(UNREACHED);
  const queue = new Int32Array(nodeCount);
  let length = 0;
  for (const start of starts) {
    if (start < 0 || start >= nodeCount) throw new RangeError(`start ${start} of ${nodeCount} nodes`);
    if (parents[start] !== UNREACHED) continue;
    parents[start] = NO_PARENT;
    queue[length++] = start;
  }
  let step = 0;
  for (let at = 0, stepEnd = length; at < length; at++) {
    if (at === stepEnd) {
      step++;
      stepEnd = length;
    }
    if (step >= maxSteps) break;
    const node = queue[at]!;
    for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) {
      const target = targets[slot]!;
      if (parents[target] !== UNREACHED) continue;
      parents[target] = node;
      queue[length++] = target;
    }
  }
  return parents;
}
