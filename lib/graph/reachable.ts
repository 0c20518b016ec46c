import type { Graph, NodeList } from "./graph.ts";

/**
 * 1 for every node that some start reaches, the starts included. Throws a RangeError for a start that is not a node. O(n + m).
 */
export function computeReachable(graph: Graph, starts: NodeList): Uint8Array {
  const reached = new Uint8Array(graph.nodeCount);
  const waiting = new Int32Array(graph.nodeCount);
  let count = 0;
  for (const start of starts) {
    if (start < 0 || start >= graph.nodeCount) throw new RangeError(`start ${start} of ${graph.nodeCount} nodes`);
    if (reached[start] === 1) continue;
    reached[start] = 1;
    waiting[count++] = start;
  }
  while (count > 0) {
    const node = waiting[--count]!;
    for (let slot = graph.offsets[node]!; slot < graph.offsets[node + 1]!; slot++) {
      const target = graph.targets[slot]!;
      if (reached[target] === 1) continue;
      reached[target] = 1;
      waiting[count++] = target;
    }
  }
  return reached;
}
