import type { Graph } from "./graph.ts";
import { computeStrongComponents } from "./strong-components.ts";

export interface Cycles {
  /** By node: the smallest member of its cycle; −1 for a node in none. A node that refers to itself alone is in none. */
  readonly cycleOf: Int32Array;
  /** Members of each cycle, ascending; cycles by their smallest members. */
  readonly members: readonly (readonly number[])[];
}

/** The sets of two or more nodes that all reach each other. O(n + m). */
export function findCycles(graph: Graph): Cycles {
  const { component, count } = computeStrongComponents(graph);
  const sizes = new Int32Array(count);
  for (const each of component) sizes[each]!++;
  const first = new Int32Array(count).fill(-1);
  const members: number[][] = [];
  const listOf = new Map<number, number[]>();
  const cycleOf = new Int32Array(graph.nodeCount).fill(-1);
  for (let node = 0; node < graph.nodeCount; node++) {
    const each = component[node]!;
    if (sizes[each]! < 2) continue;
    if (first[each]! < 0) {
      first[each] = node;
      const list: number[] = [];
      listOf.set(each, list);
      members.push(list);
    }
    cycleOf[node] = first[each]!;
    listOf.get(each)!.push(node);
  }
  return { cycleOf, members };
}
