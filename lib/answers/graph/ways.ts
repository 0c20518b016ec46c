import type { NodeList } from "#lib/graph/graph.ts";
import { type FoundPaths, shortestPaths } from "#lib/graph/shortest-path.ts";
import type { KeptGraph } from "../kept/graphs.ts";

interface WaysQuestion {
  readonly target: number;
  /** Default: the roots. */
  readonly starts?: NodeList | undefined;
  readonly limit: number;
}

/**
 * The paths that lead to a node, as every page and command lists them: the shortest first; of equally long ones, those from the
 * start that retains most.
 */
export function listWays(graph: KeptGraph, { target, starts = graph.roots, limit }: WaysQuestion): FoundPaths {
  return shortestPaths({ ...graph, starts: byWeight(graph, starts), target, limit });
}

/** Starts in the order in which their paths are listed. */
export function byWeight({ retainedSize }: Pick<KeptGraph, "retainedSize">, starts: NodeList): Int32Array {
  return Int32Array.from(starts).sort((a, b) => retainedSize[b]! - retainedSize[a]! || a - b);
}
