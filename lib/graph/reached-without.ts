import type { Edge, Graph, NodeList } from "./graph.ts";

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

/** 1 for the nodes that the roots reach without passing any of these edges. O(n + m). */
export function reachWithoutEdges(graph: Graph, roots: NodeList, gone: readonly Edge[]): Uint8Array {
  const { offsets, targets } = graph;
  const goneFrom = Map.groupBy(gone, ([from]) => from);
  const reached = new Uint8Array(graph.nodeCount);
  const waiting: number[] = [];
  const enter = (node: number) => {
    if (reached[node] === 1) return;
    reached[node] = 1;
    waiting.push(node);
  };
  for (const root of roots) enter(root);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const cut = new Set(goneFrom.get(node)?.map(([, to]) => to));
    for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) {
      if (!cut.has(targets[slot]!)) enter(targets[slot]!);
    }
  }
  return reached;
}
