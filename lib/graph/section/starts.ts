import { type Graph, type NodeList, targetsOf } from "../graph.ts";

/** The nodes whose reach divides a graph into strata. */
export interface SectionStarts {
  readonly starts: Int32Array;
  /** The chain from the only root down to the node that refers to all starts; empty if the starts are the roots. */
  readonly above: Int32Array;
}

/**
 * The roots; or, if there is only one, the nodes it refers to, descending until there are two or more. A chain without a fork
 * has its root as its only start.
 */
export function findStarts(graph: Graph, roots: NodeList): SectionStarts {
  const passed = new Uint8Array(graph.nodeCount);
  const above: number[] = [];
  let starts = Int32Array.from(roots);
  while (starts.length === 1) {
    const [only] = starts;
    passed[only!] = 1;
    above.push(only!);
    // Rows are ascending: repeated edges are adjacent.
    starts = targetsOf(graph, only!).filter((target, i, all) => passed[target] === 0 && target !== all[i - 1]);
  }
  if (starts.length === 0) return { starts: Int32Array.from(roots), above: new Int32Array() };
  return { starts, above: Int32Array.from(above) };
}
