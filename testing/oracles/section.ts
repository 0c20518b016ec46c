import type { Section } from "#lib/graph/section/section.ts";
import { type NaiveGraph, naiveReachable } from "../builders/graphs.ts";

/** The number of starts that reach each node: one walk per start. */
export function naiveReach(graph: NaiveGraph, starts: Iterable<number>): number[] {
  const reach = new Array<number>(graph.nodeCount).fill(0);
  for (const start of starts) for (const node of naiveReachable(graph, [start])) reach[node]!++;
  return reach;
}

/** The class of a count by the definition: 1 · 2 · 3–5 · 6–¼ · more than ¼ of the starts. None is with one. */
export function naiveClass(count: number, startCount: number): number {
  if (count <= 1) return 0;
  if (count > startCount / 4) return 4;
  return count <= 2 ? 1 : count <= 5 ? 2 : 3;
}

/** The stratum of each node. */
export function stratumOfNodes({ nodeAt, strata }: Section): Int32Array {
  const stratumOf = new Int32Array(nodeAt.length).fill(-1);
  for (const [i, { first, end }] of strata.entries()) {
    for (let position = first; position < end; position++) stratumOf[nodeAt[position]!] = i;
  }
  return stratumOf;
}

/** The edges that lead to a higher stratum than the one they leave: there must be none. */
export function risingEdges(edges: NaiveGraph["edges"], section: Section): NaiveGraph["edges"] {
  const stratumOf = stratumOfNodes(section);
  return edges.filter(([from, to]) => stratumOf[to]! < stratumOf[from]!);
}
