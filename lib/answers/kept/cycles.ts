import { type Cycles, findCycles } from "#lib/graph/cycles.ts";
import type { KeptGraph } from "./graphs.ts";

const found = new WeakMap<KeptGraph, Cycles>();

/** The nodes that need each other: computed with the first question about a graph, and kept as long as the graph. */
export function cyclesOf(graph: KeptGraph): Cycles {
  let cycles = found.get(graph);
  if (cycles === undefined) {
    cycles = findCycles(graph.graph);
    found.set(graph, cycles);
  }
  return cycles;
}
