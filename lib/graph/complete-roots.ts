import { condense } from "./condensation.ts";
import type { Graph, NodeList } from "./graph.ts";
import { computeReachable } from "./reachable.ts";

/**
 * The given roots, and further ones so that every node is reached: each unreached node without referrers, and all members of each
 * unreached cycle without referrers outside it. Ascending, distinct.
 */
export function completeRoots(graph: Graph, roots: NodeList): Int32Array {
  const reached = computeReachable(graph, roots);
  const { component, graph: components } = condense(graph);
  const referred = new Uint8Array(components.nodeCount);
  for (const target of components.targets) referred[target] = 1;
  const isRoot = new Uint8Array(graph.nodeCount);
  for (const root of roots) isRoot[root] = 1;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (reached[node] === 0 && referred[component[node]!] === 0) isRoot[node] = 1;
  }
  return listMarked(isRoot);
}

/** The indexes whose mark is not 0, ascending. */
export function listMarked(marks: Uint8Array): Int32Array {
  const list: number[] = [];
  for (let i = 0; i < marks.length; i++) if (marks[i] !== 0) list.push(i);
  return Int32Array.from(list);
}
