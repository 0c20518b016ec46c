import { condense } from "./condensation.ts";
import type { Graph } from "./graph.ts";

/**
 * 1 for each slot of `graph.targets` whose edge is redundant, because a path over other nodes leads to the same target (Aho,
 * Garey, Ullman 1972). Edges within a cycle are all kept. Takes n²/8 bytes and O(m · n / 32): for graphs small enough to draw.
 */
export function computeTransitiveEdges(graph: Graph): Uint8Array {
  const { component, graph: components } = condense(graph);
  const needed = findNeededEdges(components);
  const transitive = new Uint8Array(graph.edgeCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    const from = component[node]!;
    for (let slot = graph.offsets[node]!; slot < graph.offsets[node + 1]!; slot++) {
      const to = component[graph.targets[slot]!]!;
      if (from !== to && !needed[from]!.has(to)) transitive[slot] = 1;
    }
  }
  return transitive;
}

/** For each node of an acyclic graph whose edges lead to lower numbers, the targets that no other target reaches. */
function findNeededEdges({ nodeCount, offsets, targets }: Graph): Set<number>[] {
  const words = Math.ceil(nodeCount / 32);
  const reached = new Int32Array(nodeCount * words);
  const needed: Set<number>[] = [];
  for (let node = 0; node < nodeCount; node++) {
    const row = node * words;
    const kept = new Set<number>();
    // From the highest down: a node that reaches a target has a higher number than the target.
    for (let slot = offsets[node + 1]! - 1; slot >= offsets[node]!; slot--) {
      const target = targets[slot]!;
      if (((reached[row + (target >>> 5)]! >>> (target & 31)) & 1) === 1) continue;
      kept.add(target);
      for (let w = 0; w < words; w++) reached[row + w]! |= reached[target * words + w]!;
    }
    reached[row + (node >>> 5)]! |= 1 << (node & 31);
    needed.push(kept);
  }
  return needed;
}
