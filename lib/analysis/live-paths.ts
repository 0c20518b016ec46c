import { buildGraph, type Graph, type NodeList } from "#lib/graph/graph.ts";
import { computeReachable } from "#lib/graph/reachable.ts";

export interface LiveQuestion {
  /** The store's references. */
  readonly graph: Graph;
  readonly roots: NodeList;
  /**
   * The derivation each path was registered as an output of, −1 if the store does not record or contain it: the `deriver` column,
   * not `DerivationOutputs` (both collectors keep a derivation only for outputs that name it).
   */
  readonly deriver: Int32Array;
}

/**
 * 1 for each path the collector would keep: everything the roots reach and, by the default of Nix and Guix (`keep-derivations`),
 * the derivers of live paths with everything those reach. One traversal reaches the fixpoint, since a live path keeps its deriver
 * as it keeps a reference. O(n + m).
 */
export function computeLive({ graph, roots, deriver }: LiveQuestion): Uint8Array {
  const derived: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) if (deriver[node]! >= 0) derived.push(node);
  const from = new Int32Array(graph.edgeCount + derived.length);
  const to = new Int32Array(graph.edgeCount + derived.length);
  for (let node = 0; node < graph.nodeCount; node++) from.fill(node, graph.offsets[node]!, graph.offsets[node + 1]!);
  to.set(graph.targets);
  derived.forEach((node, i) => {
    from[graph.edgeCount + i] = node;
    to[graph.edgeCount + i] = deriver[node]!;
  });
  return computeReachable(buildGraph({ nodeCount: graph.nodeCount, from, to }).graph, roots);
}
