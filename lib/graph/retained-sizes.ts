import { computeDominators } from "./dominators.ts";
import type { Graph, NodeList } from "./graph.ts";

export interface RetainedSizes {
  /** Σ weights removed together with the node: its dominator subtree. */
  readonly retainedSize: Float64Array;
  /**
   * Immediate dominator of each node, `UNDER_VIRTUAL_ROOT` (−1) under the virtual root, `UNREACHED` (−2) if no root reaches it.
   */
  readonly dominator: Int32Array;
}

/**
 * Retained sizes under one virtual root above all `roots`, of each node separately, whatever its cycles. A node that no root
 * reaches retains 0. O(m log n). Throws a RangeError for a root that is not a node, and unless there is one weight per node.
 */
export function computeRetainedSizes(graph: Graph, roots: NodeList, weights: Float64Array): RetainedSizes {
  if (weights.length !== graph.nodeCount) {
    throw new RangeError(`expected ${graph.nodeCount} weights, one per node, got ${weights.length}`);
  }
  const { dominator, order } = computeDominators(graph, roots);
  const retainedSize = new Float64Array(graph.nodeCount);
  for (const node of order) retainedSize[node] = weights[node]!;
  // In reverse order of entry: all nodes that a node dominates come after it.
  for (let at = order.length - 1; at >= 0; at--) {
    const node = order[at]!;
    const above = dominator[node]!;
    if (above >= 0) retainedSize[above]! += retainedSize[node]!;
  }
  return { retainedSize, dominator };
}
