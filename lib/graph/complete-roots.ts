import { condense } from "./condensation.ts";
import type { Graph, NodeList } from "./graph.ts";
import { findReachable } from "./reachable.ts";

/**
 * The given roots, and the fewest further ones from which every node is reached: each unreached node that no other
 * node refers to, and of each unreached cycle that nothing outside refers to, its lowest member. Ascending, distinct.
 */
export function completeRoots(graph: Graph, roots: NodeList): Int32Array {
  const reached = findReachable(graph, roots);
  const { component, members, memberOffsets, graph: components } = condense(graph);
  const referred = new Uint8Array(components.nodeCount);
  for (const target of components.targets) referred[target] = 1;
  const isRoot = new Uint8Array(graph.nodeCount);
  for (const root of roots) isRoot[root] = 1;
  for (let c = 0; c < components.nodeCount; c++) {
    const first = members[memberOffsets[c]!]!;
    if (referred[component[first]!] === 0 && reached[first] === 0) isRoot[first] = 1;
  }
  return listMarked(isRoot);
}

/** The indexes whose mark is not 0, ascending. */
export function listMarked(marks: Uint8Array): Int32Array {
  const list: number[] = [];
  for (let i = 0; i < marks.length; i++) if (marks[i] !== 0) list.push(i);
  return Int32Array.from(list);
}
