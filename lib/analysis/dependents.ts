import type { Graph } from "#lib/graph/graph.ts";
import { computeReachable } from "#lib/graph/reachable.ts";

/** 1 for these nodes and for each that needs one of them, directly or through others. `reversed`: the edges from needed to needing. */
export function computeDependents(reversed: Graph, nodes: readonly number[]): Uint8Array {
  return computeReachable(reversed, nodes);
}
