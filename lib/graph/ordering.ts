import { type Graph, reverse } from "./graph.ts";
import { computeStrongComponents } from "./strong-components.ts";

/** Passes over the ranks, alternating right and left. More passes change little (Gansner et al. 1993). */
const SWEEPS = 6;
/** Barycentres are compared at this many steps between top and bottom; ties keep their previous order. */
const STEPS = 2 ** 24;

/**
 * The position of each node within its rank, 0 the topmost, with few edge crossings: starting from a depth-first order (which
 * keeps families together), each sweep sorts every rank by the mean relative height of the neighbours on one side (Sugiyama,
 * Tagawa, Toda 1981). Edges over several ranks pull directly, without dummy nodes, so the work is O(sweeps · (n + m)) and a sort.
 * Deterministic.
 */
export function computeOrder(graph: Graph, rank: Int32Array): Int32Array {
  const columns = new Columns(rank, computeStrongComponents(graph).component);
  const reversed = reverse(graph);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    if (sweep % 2 === 0) columns.sweepRight(reversed);
    else columns.sweepLeft(graph);
  }
  return columns.order;
}

/** The nodes of every rank in their order, one rank after the other. */
class Columns {
  readonly order: Int32Array;
  readonly #rank: Int32Array;
  /** Nodes of rank r: `#nodes[#starts[r] … #starts[r + 1])`. */
  readonly #starts: Int32Array;
  readonly #nodes: Int32Array;
  /** 0 at the top, 1 at the bottom of the node's column. */
  readonly #height: Float64Array;
  readonly #sortKeys: Float64Array;

  constructor(rank: Int32Array, component: Int32Array) {
    const rankCount = rank.reduce((most, r) => Math.max(most, r + 1), 0);
    this.#rank = rank;
    this.#starts = new Int32Array(rankCount + 1);
    for (const r of rank) this.#starts[r + 1]!++;
    for (let r = 0; r < rankCount; r++) this.#starts[r + 1]! += this.#starts[r]!;
    this.order = new Int32Array(rank.length);
    this.#height = new Float64Array(rank.length);
    this.#nodes = new Int32Array(rank.length);
    this.#sortKeys = new Float64Array(rank.length);
    const next = this.#starts.slice(0, rankCount);
    for (const node of listByComponent(component)) this.#nodes[next[rank[node]!]!++] = node;
    for (let r = 0; r < rankCount; r++) this.#settle(r);
  }

  sweepRight(reversed: Graph): void {
    for (let r = 0; r + 1 < this.#starts.length; r++) this.#sortRank(r, reversed);
  }

  sweepLeft(graph: Graph): void {
    for (let r = this.#starts.length - 2; r >= 0; r--) this.#sortRank(r, graph);
  }

  #sortRank(r: number, neighbours: Graph): void {
    const start = this.#starts[r]!;
    const end = this.#starts[r + 1]!;
    const width = end - start;
    if (width < 2) return;
    const keys = this.#sortKeys.subarray(0, width);
    for (let i = 0; i < width; i++) {
      // Barycentre and current position in one number (24 and at most 29 bits): sorts natively and stably.
      keys[i] = Math.round(this.#barycentre(this.#nodes[start + i]!, neighbours) * STEPS) * width + i;
    }
    keys.sort();
    const before = this.#nodes.slice(start, end);
    for (let i = 0; i < width; i++) this.#nodes[start + i] = before[keys[i]! % width]!;
    this.#settle(r);
  }

  #barycentre(node: number, { offsets, targets }: Graph): number {
    const rank = this.#rank[node]!;
    let sum = 0;
    let count = 0;
    for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) {
      const other = targets[slot]!;
      if (this.#rank[other] === rank) continue;
      sum += this.#height[other]!;
      count++;
    }
    return count === 0 ? this.#height[node]! : sum / count;
  }

  #settle(r: number): void {
    const start = this.#starts[r]!;
    const width = this.#starts[r + 1]! - start;
    for (let i = 0; i < width; i++) {
      const node = this.#nodes[start + i]!;
      this.order[node] = i;
      this.#height[node] = (i + 0.5) / width;
    }
  }
}

/** All nodes by descending component number: parents before children, families together. */
function listByComponent(component: Int32Array): Int32Array {
  const keys = Float64Array.from(component, (c, node) => -c * component.length + node).sort();
  return Int32Array.from(keys, (key) => ((key % component.length) + component.length) % component.length);
}
