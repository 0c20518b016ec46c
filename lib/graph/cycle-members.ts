import type { Graph } from "./graph.ts";
import { computeReachable } from "./reachable.ts";

/**
 * The other nodes that a node reaches and that reach it: they need each other. Ascending. `reversed`: the reversed graph. O(n +
 * m).
 */
export function listCycleMembers(graph: Graph, reversed: Graph, node: number): number[] {
  const reached = computeReachable(graph, [node]);
  const reaching = computeReachable(reversed, [node]);
  const members: number[] = [];
  for (let other = 0; other < graph.nodeCount; other++) {
    if (other !== node && reached[other] === 1 && reaching[other] === 1) members.push(other);
  }
  return members;
}
