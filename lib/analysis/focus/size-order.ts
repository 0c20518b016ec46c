import { listInPreorder } from "#lib/graph/section/dominator-forest.ts";

export interface SizedForest {
  readonly nodes: readonly { readonly name: string; readonly kind: string }[];
  readonly selfSize: Float64Array;
  readonly retainedSize: Float64Array;
  /** Immediate dominator by node; negative: none. */
  readonly dominator: Int32Array;
}

/** What all questions about one node share: computed once per graph. */
export interface SizeOrder {
  /** All nodes, those that retain most first, then by number. */
  readonly order: Int32Array;
  /** Position of each node in the dominator tree in preorder. */
  readonly positionOf: Int32Array;
  /** By position: the position after the node's subtree. */
  readonly endOf: Int32Array;
  readonly nodeAt: Int32Array;
  /** By node: the place of its name in `names`. */
  readonly nameOf: Int32Array;
  readonly names: readonly string[];
  /** Components of more than one kind, besides files without an owner. */
  readonly severalKinds: boolean;
  /** Σ self sizes of all nodes. */
  readonly total: number;
  /** The lower bound of the second smallest class of sizes. */
  readonly classUnit: number;
}

/** O(n log n). */
export function computeSizeOrder({ nodes, selfSize, retainedSize, dominator }: SizedForest): SizeOrder {
  const order = Int32Array.from(retainedSize.keys()).sort((a, b) => retainedSize[b]! - retainedSize[a]! || a - b);
  const tops = order.filter((node) => dominator[node]! < 0);
  const parent = dominator.map((above) => Math.max(above, -1));
  const { nodeAt, endOf } = listInPreorder(tops, parent, retainedSize);
  const positionOf = new Int32Array(order.length);
  for (const [position, node] of nodeAt.entries()) positionOf[node] = position;
  const median = order.length === 0 ? 0 : retainedSize[order[order.length >> 1]!]!;
  return {
    order,
    positionOf,
    endOf,
    nodeAt,
    ...numberNames(nodes),
    severalKinds: new Set(nodes.map(({ kind }) => kind).filter((kind) => kind !== "unowned")).size > 1,
    total: selfSize.reduce((sum, size) => sum + size, 0),
    classUnit: toClassUnit(median),
  };
}

function numberNames(nodes: SizedForest["nodes"]): Pick<SizeOrder, "nameOf" | "names"> {
  const numbers = new Map<string, number>();
  const nameOf = Int32Array.from(nodes, ({ name }) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  return { nameOf, names: [...numbers.keys()] };
}

/** Half of the power of two that the median is at least: half of all nodes are in the lowest four classes. */
function toClassUnit(median: number): number {
  return median < 2 ? 1 : 2 ** (Math.floor(Math.log2(median)) - 1);
}

/** Whether a node is in the dominator subtree of another, which is in its own. */
export function isKeptBy({ positionOf, endOf }: SizeOrder, node: number, by: number): boolean {
  const start = positionOf[by]!;
  return positionOf[node]! >= start && positionOf[node]! < endOf[start]!;
}

/** Σ retained sizes of those of the nodes that no other of them retains: what their dominator subtrees hold together. */
export function sumTopmost(tree: SizeOrder, retainedSize: Float64Array, nodes: readonly number[]): number {
  const positions = nodes.map((node) => tree.positionOf[node]!).sort((a, b) => a - b);
  let sum = 0;
  let end = 0;
  for (const position of positions) {
    if (position < end) continue;
    sum += retainedSize[tree.nodeAt[position]!]!;
    end = tree.endOf[position]!;
  }
  return sum;
}
