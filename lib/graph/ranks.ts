import { condense } from "./condensation.ts";
import type { Graph, NodeList } from "./graph.ts";

/**
 * The column of each node in a drawing from left to right: every edge outside cycles goes to a higher rank, by the longest chain
 * (longest-path layering), and nodes of one cycle share a rank. A node without referrers is directly left of its nearest child
 * instead of in the first column, unless it is in `pinned` (the roots a reader looks for). O(n + m).
 */
export function computeRanks(graph: Graph, pinned: NodeList): Int32Array {
  const { component, graph: components } = condense(graph);
  const { nodeCount, offsets, targets } = components;
  const rankOf = new Int32Array(nodeCount);
  const referred = new Uint8Array(nodeCount);
  for (let c = nodeCount - 1; c >= 0; c--) {
    for (let slot = offsets[c]!; slot < offsets[c + 1]!; slot++) {
      const target = targets[slot]!;
      referred[target] = 1;
      rankOf[target] = Math.max(rankOf[target]!, rankOf[c]! + 1);
    }
  }
  for (const node of pinned) referred[component[node]!] = 1;
  for (let c = 0; c < nodeCount; c++) {
    if (referred[c] === 0 && offsets[c]! < offsets[c + 1]!) rankOf[c] = nearestChild(components, rankOf, c) - 1;
  }
  return component.map((c) => rankOf[c]!);
}

function nearestChild({ offsets, targets }: Graph, rankOf: Int32Array, node: number): number {
  let nearest = Number.MAX_SAFE_INTEGER;
  for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) {
    nearest = Math.min(nearest, rankOf[targets[slot]!]!);
  }
  return nearest;
}
