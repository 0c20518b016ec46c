import { condense, spreadToMembers, sumMembers } from "./condensation.ts";
import { findDominators, UNREACHED } from "./dominators.ts";
import type { Graph, NodeList } from "./graph.ts";

export interface RetainedSizes {
  /** Σ weights of what would leave with the node: its dominator subtree. The members of a cycle share one value. */
  readonly retainedSize: Float64Array;
  /**
   * Immediate dominator of each node, `UNDER_VIRTUAL_ROOT` (−1) under the virtual root, `UNREACHED` (−2) where no root
   * reaches. Of a cycle, the lowest member stands for all: it is the dominator of the others and of what they dominate.
   */
  readonly dominator: Int32Array;
}

/** Retained sizes under one virtual root above all `roots`. A node that no root reaches retains 0. O(n + m log n). */
export function findRetainedSizes(graph: Graph, roots: NodeList, weights: Float64Array): RetainedSizes {
  const condensation = condense(graph);
  const { component, members, memberOffsets } = condensation;
  const rootComponents: number[] = [];
  for (const root of roots) {
    if (root < 0 || root >= graph.nodeCount) throw new RangeError(`root ${root} of ${graph.nodeCount} nodes`);
    rootComponents.push(component[root]!);
  }
  const dominatorOf = findDominators(condensation.graph, rootComponents);
  const sums = sumSubtrees(dominatorOf, sumMembers(condensation, weights));
  const dominator = new Int32Array(graph.nodeCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    const c = component[node]!;
    const representative = members[memberOffsets[c]!]!;
    const above = dominatorOf[c]!;
    if (node !== representative && above !== UNREACHED) dominator[node] = representative;
    else dominator[node] = above < 0 ? above : members[memberOffsets[above]!]!;
  }
  return { retainedSize: spreadToMembers(component, sums), dominator };
}

/** A dominator has a higher number than what it dominates, so one pass up the numbers adds every subtree. */
function sumSubtrees(dominatorOf: Int32Array, sums: Float64Array): Float64Array {
  for (let c = 0; c < sums.length; c++) {
    const above = dominatorOf[c]!;
    if (above === UNREACHED) sums[c] = 0;
    else if (above >= 0) sums[above]! += sums[c]!;
  }
  return sums;
}
