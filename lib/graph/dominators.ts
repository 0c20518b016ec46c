import type { Graph, NodeList } from "./graph.ts";

/** Dominated by nothing but the virtual root above all roots. */
export const UNDER_VIRTUAL_ROOT = -1;
/** Reached from no root: has no dominator at all. */
export const UNREACHED = -2;

/**
 * Immediate dominators under one virtual root above all `roots`, of an acyclic graph whose edges all go from a higher
 * number to a lower (as `condense` makes it). Going down the numbers, each node's referrers are final before it is: its
 * immediate dominator is their lowest common ancestor in the dominator tree, found with skip pointers (Myers 1983, "An
 * applicative random-access stack"), O(log n) an edge. No fixpoint, so nothing depends on the graph's depth.
 */
export function findDominators(graph: Graph, roots: NodeList): Int32Array {
  const { nodeCount, offsets, targets } = graph;
  const tree = new AncestorTree(nodeCount);
  const { parent } = tree;
  for (const root of roots) parent[root] = tree.top;
  for (let node = nodeCount - 1; node >= 0; node--) {
    if (parent[node] === UNREACHED) continue;
    tree.place(node);
    for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) {
      const target = targets[slot]!;
      const known = parent[target]!;
      parent[target] = known === UNREACHED ? node : tree.lowestCommonAncestor(known, node);
    }
  }
  const dominator = parent.slice(0, nodeCount);
  for (let node = 0; node < nodeCount; node++) if (dominator[node] === tree.top) dominator[node] = UNDER_VIRTUAL_ROOT;
  return dominator;
}

/** A tree that only grows at its leaves. Each node has one pointer far up beside its parent. */
class AncestorTree {
  /** The virtual root's number. */
  readonly top: number;
  readonly parent: Int32Array;
  readonly #depth: Int32Array;
  readonly #skip: Int32Array;

  constructor(nodeCount: number) {
    this.top = nodeCount;
    this.parent = new Int32Array(nodeCount + 1).fill(UNREACHED);
    this.#depth = new Int32Array(nodeCount + 1);
    this.#skip = new Int32Array(nodeCount + 1);
    this.parent[nodeCount] = this.#skip[nodeCount] = nodeCount;
  }

  /** Fixes a node under its parent, which must be in place already. */
  place(node: number): void {
    const depth = this.#depth;
    const skip = this.#skip;
    const up = this.parent[node]!;
    const far = skip[up]!;
    depth[node] = depth[up]! + 1;
    const sameStride = depth[up]! - depth[far]! === depth[far]! - depth[skip[far]!]!;
    skip[node] = sameStride ? skip[far]! : up;
  }

  lowestCommonAncestor(left: number, right: number): number {
    const { parent } = this;
    const depth = this.#depth;
    const skip = this.#skip;
    let a = left;
    let b = right;
    while (a !== b) {
      if (depth[a]! < depth[b]!) [a, b] = [b, a];
      if (depth[a]! > depth[b]!) {
        a = depth[skip[a]!]! >= depth[b]! ? skip[a]! : parent[a]!;
      } else if (skip[a] === skip[b]) {
        a = parent[a]!;
        b = parent[b]!;
      } else {
        a = skip[a]!;
        b = skip[b]!;
      }
    }
    return a;
  }
}
