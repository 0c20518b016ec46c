/**
 * A directed graph in compressed sparse rows: the edges of node i are the slots `offsets[i] … offsets[i + 1)` of `targets`,
 * ascending. Self edges and cycles are allowed. Immutable.
 */
export interface Graph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** `nodeCount + 1` entries. */
  readonly offsets: Int32Array;
  /** `edgeCount` entries. */
  readonly targets: Int32Array;
}

/** Node indexes, in an order defined by the consumer. */
export type NodeList = Int32Array | readonly number[];

/** An edge by its ends. */
export type Edge = readonly [from: number, to: number];

/** Edges as parallel columns: edge i goes `from[i]` → `to[i]`. */
export interface EdgeList {
  readonly nodeCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

export interface BuiltGraph {
  readonly graph: Graph;
  /** The input edge of each slot of `graph.targets`. */
  readonly edgeOrder: Int32Array;
}

/**
 * Sorts edges into rows: two stable counting sorts, O(n + m). Repeats of one (from, to) are kept, adjacent and in their input
 * order; `distinctEdges` merges them. Throws a RangeError for an edge end outside 0 … nodeCount − 1.
 */
export function buildGraph({ nodeCount, from, to }: EdgeList): BuiltGraph {
  if (from.length !== to.length)
    throw new RangeError(`expected as many edge sources as targets, got ${from.length} and ${to.length}`);
  checkEnds(nodeCount, from);
  checkEnds(nodeCount, to);
  const byTarget = groupByKey(to, nodeCount).order;
  const { offsets, order: edgeOrder } = groupByKey(from, nodeCount, byTarget);
  const targets = new Int32Array(to.length);
  for (let slot = 0; slot < targets.length; slot++) targets[slot] = to[edgeOrder[slot]!]!;
  return { graph: { nodeCount, edgeCount: targets.length, offsets, targets }, edgeOrder };
}

/** The reversed graph. Rows are ascending because sources are visited in that order. */
export function reverse(graph: Graph): Graph {
  const { nodeCount, edgeCount } = graph;
  const offsets = countOffsets(graph.targets, nodeCount);
  const next = offsets.slice(0, nodeCount);
  const targets = new Int32Array(edgeCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let slot = graph.offsets[node]!; slot < graph.offsets[node + 1]!; slot++) {
      const target = graph.targets[slot]!;
      targets[next[target]!++] = node;
    }
  }
  return { nodeCount, edgeCount, offsets, targets };
}

/** The number of edges that leave a node, with repeats: merge them first if that matters. */
export function edgeCountOf(graph: Graph, node: number): number {
  return graph.offsets[node + 1]! - graph.offsets[node]!;
}

/** The targets of a node's edges, ascending. */
export function targetsOf({ offsets, targets }: Graph, node: number): Int32Array {
  return targets.subarray(offsets[node], offsets[node + 1]);
}

/** A slot of the edge `from` → `to` by binary search; −1 if there is no such edge. */
export function findSlot({ offsets, targets }: Graph, from: number, to: number): number {
  let low = offsets[from]!;
  let high = offsets[from + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const target = targets[middle]!;
    if (target === to) return middle;
    if (target < to) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/**
 * The positions of each key, in the order of `input` (default: ascending): those of key k are `order[offsets[k] … offsets[k + 1])`.
 * Keys are below `keyCount`.
 */
export function groupByKey(key: Int32Array, keyCount: number, input?: Int32Array) {
  const offsets = countOffsets(key, keyCount);
  const next = offsets.slice(0, keyCount);
  const order = new Int32Array(key.length);
  for (let i = 0; i < key.length; i++) {
    const edge = input === undefined ? i : input[i]!;
    const row = key[edge]!;
    order[next[row]!++] = edge;
  }
  return { offsets, order };
}

function countOffsets(key: Int32Array, nodeCount: number): Int32Array {
  const offsets = new Int32Array(nodeCount + 1);
  for (let i = 0; i < key.length; i++) offsets[key[i]! + 1]!++;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node]!;
  return offsets;
}

function checkEnds(nodeCount: number, ends: Int32Array): void {
  for (let i = 0; i < ends.length; i++) {
    const node = ends[i]!;
    if (node < 0 || node >= nodeCount)
      throw new RangeError(`edge ${i}: node ${node} is out of range (${nodeCount} nodes)`);
  }
}
