import { type Graph, groupByKey, reverse } from "./graph.ts";
import { computeStrongComponents } from "./strong-components.ts";

/** A graph with every cycle condensed into one node. */
export interface Condensation {
  /** The components as an acyclic graph: edges once, no self edges, each from a higher number to a lower. */
  readonly graph: Graph;
  /** Component of each node. */
  readonly component: Int32Array;
  /** The nodes of component c are `members[memberOffsets[c] … memberOffsets[c + 1])`, ascending. */
  readonly memberOffsets: Int32Array;
  readonly members: Int32Array;
}

/** Condenses a graph. Component numbers are those of `computeStrongComponents`: reverse topological. O(n + m). */
export function condense(graph: Graph): Condensation {
  const { count, component } = computeStrongComponents(graph);
  const { offsets: memberOffsets, order: members } = groupByKey(component, count);
  const offsets = new Int32Array(count + 1);
  const targets = new Int32Array(graph.edgeCount);
  const seenFrom = new Int32Array(count).fill(-1);
  let filled = 0;
  for (let from = 0; from < count; from++) {
    seenFrom[from] = from;
    for (let at = memberOffsets[from]!; at < memberOffsets[from + 1]!; at++) {
      const node = members[at]!;
      for (let slot = graph.offsets[node]!; slot < graph.offsets[node + 1]!; slot++) {
        const to = component[graph.targets[slot]!]!;
        if (seenFrom[to] === from) continue;
        seenFrom[to] = from;
        targets[filled++] = to;
      }
    }
    offsets[from + 1] = filled;
  }
  const unsorted = { nodeCount: count, edgeCount: filled, offsets, targets: targets.slice(0, filled) };
  // Reversed twice, the rows are ascending: a counting sort.
  return { graph: reverse(reverse(unsorted)), component, memberOffsets, members };
}

/** Copies a value of each component to all its members. */
export function spreadToMembers(component: Int32Array, values: Float64Array): Float64Array {
  const spread = new Float64Array(component.length);
  for (let node = 0; node < component.length; node++) spread[node] = values[component[node]!]!;
  return spread;
}

/** Σ of the members' weights for each component. Throws a RangeError unless there is one weight per node. */
export function sumMembers({ graph, component }: Condensation, weights: Float64Array): Float64Array {
  if (weights.length !== component.length) {
    throw new RangeError(`expected ${component.length} weights, one per node, got ${weights.length}`);
  }
  const sums = new Float64Array(graph.nodeCount);
  for (let node = 0; node < component.length; node++) sums[component[node]!]! += weights[node]!;
  return sums;
}
