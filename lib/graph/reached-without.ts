import type { Graph, NodeList } from "./graph.ts";

/** Σ weights of the nodes that the roots reach without passing any of these nodes. O(n + m). */
export function sumReachedWithout(graph: Graph, roots: NodeList, weights: Float64Array, gone: NodeList): number {
  const { offsets, targets } = graph;
  const seen = new Uint8Array(graph.nodeCount);
  for (const node of gone) seen[node] = 1;
  const waiting: number[] = [];
  let sum = 0;
  const enter = (node: number) => {
    if (seen[node] === 1) return;
    seen[node] = 1;
    sum += weights[node]!;
    waiting.push(node);
  };
  for (const root of roots) enter(root);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) enter(targets[slot]!);
  }
  return sum;
}
