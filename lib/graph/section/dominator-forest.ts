import { groupByKey } from "../graph.ts";

/** Dominators without the nodes above the starts: what those alone kept has none. */
export function cutAbove(dominator: Int32Array, above: Int32Array): Int32Array {
  const isAbove = new Uint8Array(dominator.length);
  for (const node of above) isAbove[node] = 1;
  return dominator.map((parent, node) => (parent < 0 || isAbove[node] === 1 || isAbove[parent] === 1 ? -1 : parent));
}

/** Σ weights of each node and of all below it in a forest. */
export function sumSubtrees(parent: Int32Array, weight: Float64Array): Float64Array {
  const sums = weight.slice();
  const order = listParentsFirst(parent);
  for (let at = order.length - 1; at >= 0; at--) {
    const above = parent[order[at]!]!;
    if (above >= 0) sums[above]! += sums[order[at]!]!;
  }
  return sums;
}

function listParentsFirst(parent: Int32Array): Int32Array {
  const { offsets, order: children } = groupChildren(parent);
  const listed = new Int32Array(parent.length);
  let count = 0;
  for (let slot = offsets[0]!; slot < offsets[1]!; slot++) listed[count++] = children[slot]!;
  for (let at = 0; at < count; at++) {
    const row = listed[at]! + 1;
    for (let slot = offsets[row]!; slot < offsets[row + 1]!; slot++) listed[count++] = children[slot]!;
  }
  return listed;
}

/** The children of node i are those of key i + 1; of key 0, the nodes without a parent. */
function groupChildren(parent: Int32Array, input?: Int32Array) {
  return groupByKey(
    parent.map((above) => above + 1),
    parent.length + 1,
    input,
  );
}

export interface Preorder {
  readonly nodeAt: Int32Array;
  /** The position after a node's subtree, by the node's position. */
  readonly endOf: Int32Array;
}

/** A forest in preorder: the trees in the given order, the children of a node by weight, the heaviest first, then by number. */
export function listInPreorder(tops: Int32Array, parent: Int32Array, weight: Float64Array): Preorder {
  const heaviestFirst = Int32Array.from(parent.keys()).sort((a, b) => weight[b]! - weight[a]! || a - b);
  const { offsets, order: children } = groupChildren(parent, heaviestFirst);
  const nextSlot = offsets.slice();
  const nodeAt = new Int32Array(parent.length);
  const endOf = new Int32Array(parent.length);
  const path = new Int32Array(parent.length);
  let count = 0;
  for (const top of tops) {
    let depth = 0;
    const enter = (node: number) => {
      path[depth++] = count;
      nodeAt[count++] = node;
    };
    enter(top);
    while (depth > 0) {
      const row = nodeAt[path[depth - 1]!]! + 1;
      if (nextSlot[row]! < offsets[row + 1]!) enter(children[nextSlot[row]!++]!);
      else endOf[path[--depth]!] = count;
    }
  }
  return { nodeAt, endOf };
}
