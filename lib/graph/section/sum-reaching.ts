import { condense } from "../condensation.ts";
import { type Graph, reverse } from "../graph.ts";
import { RowPool } from "../row-pool.ts";

/**
 * Σ weights of the starts that reach each node, itself included if it is one. Weights are whole numbers, by start; exact while
 * their total is below 2⁵³.
 *
 * The sets of starts are bit rows, as in `computeClosureSizes`: blocks of starts, components from the first to the last, equal
 * rows once. Usually there are fewer starts than one block has columns, so that there is one pass over the edges.
 */
export function sumReaching(graph: Graph, starts: Int32Array, weights: Float64Array): Float64Array {
  const { graph: components, component } = condense(graph);
  const referrers = reverse(components);
  const sums = new Float64Array(components.nodeCount);
  const columns = sortByComponent(starts, component);
  const pool = new RowPool();
  for (let low = 0; low < columns.length; low += RowPool.columns) {
    const block = columns.subarray(low, low + RowPool.columns);
    pool.reset(Float64Array.from(block, (column) => weights[column]!));
    sumBlock({ referrers, pool, sums, componentOf: Int32Array.from(block, (column) => component[starts[column]!]!) });
  }
  return Float64Array.from(component, (number) => sums[number]!);
}

/** Positions in `starts`, the highest component first: edges go from higher numbers to lower. */
function sortByComponent(starts: Int32Array, component: Int32Array): Int32Array {
  return Int32Array.from(starts.keys()).sort((a, b) => component[starts[b]!]! - component[starts[a]!]! || a - b);
}

interface Block {
  readonly referrers: Graph;
  readonly pool: RowPool;
  readonly sums: Float64Array;
  /** By column of the block, descending. */
  readonly componentOf: Int32Array;
}

/** Adds one block's weights to the sum of every component that its starts reach. */
function sumBlock({ referrers: { offsets, targets, nodeCount }, pool, sums, componentOf }: Block): void {
  const rowOf = new Int32Array(nodeCount);
  let column = 0;
  for (let number = componentOf[0]!; number >= 0; number--) {
    pool.start();
    for (let slot = offsets[number]!; slot < offsets[number + 1]!; slot++) pool.add(rowOf[targets[slot]!]!);
    while (componentOf[column] === number) pool.addColumn(column++);
    const row = pool.finish();
    rowOf[number] = row;
    sums[number]! += pool.weightOf(row);
  }
}
