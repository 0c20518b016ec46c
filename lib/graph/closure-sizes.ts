import { condense, spreadToMembers, sumMembers } from "./condensation.ts";
import type { Graph } from "./graph.ts";
import { RowPool } from "./row-pool.ts";

/**
 * Σ weights over everything each node reaches, itself included, exact while the total is below 2⁵³. Weights are whole numbers.
 *
 * Reachability sets overlap, so sums of children do not add up: the sets themselves are needed, as bits. Three measures avoid
 * n²/8 bytes of them in memory and time. Columns (reached nodes) are processed in blocks, numbered in post-order, so that a block
 * is a neighbourhood and most nodes reach none or all of it. Within a block equal rows are one row (`RowPool`), weighed once. And
 * blocks go from high numbers to low: the block of an edge's target is the first to which the edge can add anything, and shows
 * whether another child reaches that target. If so, the edge is transitive, and lower blocks skip it. See docs/performance.md.
 */
export function computeClosureSizes(graph: Graph, weights: Float64Array): Float64Array {
  const condensation = condense(graph);
  const sums = sumReachable(condensation.graph, sumMembers(condensation, weights));
  return spreadToMembers(condensation.component, sums);
}

/** The same for an acyclic graph whose edges go from higher numbers to lower. */
function sumReachable(graph: Graph, weights: Float64Array): Float64Array {
  const { nodeCount } = graph;
  const sums = new Float64Array(nodeCount);
  const rowOf = new Int32Array(nodeCount);
  const pool = new RowPool();
  const edges = new UsefulEdges(graph);
  const lastBlock = Math.floor(Math.max(0, nodeCount - 1) / RowPool.columns) * RowPool.columns;
  for (let low = lastBlock; low >= 0; low -= RowPool.columns) {
    pool.reset(weights.subarray(low, low + RowPool.columns));
    for (let node = low; node < nodeCount; node++) {
      pool.start();
      edges.unite(node, low, rowOf, pool);
      if (node < low + RowPool.columns) pool.addColumn(node - low);
      const row = pool.finish();
      rowOf[node] = row;
      sums[node]! += pool.weightOf(row);
    }
  }
  return sums;
}

/**
 * Each node's edges in two runs of its slots: at the end the useful ones, with targets in earlier blocks or in this one; at the
 * start those with targets in later blocks. Both ascending.
 */
class UsefulEdges {
  readonly #offsets: Int32Array;
  readonly #targets: Int32Array;
  /** First slot of the useful run, and the slot after the run of later ones. */
  readonly #usefulStart: Int32Array;
  readonly #comingEnd: Int32Array;

  constructor({ nodeCount, offsets, targets }: Graph) {
    this.#offsets = offsets;
    this.#targets = targets.slice();
    this.#usefulStart = offsets.slice(1, nodeCount + 1);
    this.#comingEnd = offsets.slice(1, nodeCount + 1);
  }

  /** Adds the children's rows to the pool's union; moves edges whose targets are `low` or more out of the later run. */
  unite(node: number, low: number, rowOf: Int32Array, pool: RowPool): void {
    const targets = this.#targets;
    const start = this.#offsets[node]!;
    let useful = this.#usefulStart[node]!;
    for (let slot = this.#offsets[node + 1]! - 1; slot >= useful; slot--) pool.add(rowOf[targets[slot]!]!);
    let coming = this.#comingEnd[node]!;
    // From the highest down: a node that reaches a target has a higher number than the target.
    while (coming > start && targets[coming - 1]! >= low) {
      const target = targets[--coming]!;
      if (pool.has(target - low)) continue;
      targets[--useful] = target;
      pool.add(rowOf[target]!);
    }
    this.#usefulStart[node] = useful;
    this.#comingEnd[node] = coming;
  }
}
