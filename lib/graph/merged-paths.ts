import { computeDistances, UNREACHABLE } from "./distances.ts";
import { type Graph, type NodeList, reverse, targetsOf } from "./graph.ts";

export interface PathsToMerge {
  readonly graph: Graph;
  readonly starts: NodeList;
  readonly target: number;
  /** By node: of paths of one length, those over larger ones are kept. */
  readonly weights: Float64Array;
  /** Maximum number of nodes; the target counts. */
  readonly limit: number;
  /** The reversed graph, if the caller has it already. */
  readonly reversed?: Graph;
}

export interface MergedPaths {
  /** Nodes on paths from a start to the target, those on the shortest paths first; the target is one of them. */
  readonly nodes: readonly number[];
  /** All nodes on such paths. */
  readonly count: number;
  readonly edges: readonly MergedEdge[];
  /** By position in `nodes`: referrers on such paths that are left out. */
  readonly leftOut: readonly number[];
}

/** By positions in `nodes`. */
export interface MergedEdge {
  readonly from: number;
  readonly to: number;
  /** No edge: it stands for a path over nodes that are left out, and no other path leads there. */
  readonly indirect: boolean;
}

/** Instead of a position: the node is left out. */
const LEFT_OUT = -1;

/**
 * All paths from any start to the target as one graph: the nodes between them, of which those on the shortest paths are kept. O(n
 * + m · limit). Empty if no start reaches the target. Throws a RangeError for a start that is not a node.
 */
export function mergePaths({ graph, starts, target, weights, limit, reversed }: PathsToMerge): MergedPaths {
  const backwards = reversed ?? reverse(graph);
  const fromStart = computeDistances(graph, starts);
  if (fromStart[target] === UNREACHABLE) return { nodes: [], count: 0, edges: [], leftOut: [] };
  const toTarget = computeDistances(backwards, [target]);
  const isBetween = (node: number) => fromStart[node] !== UNREACHABLE && toTarget[node] !== UNREACHABLE;
  const between = Int32Array.from(fromStart.keys()).filter(isBetween);
  const through = (node: number) => fromStart[node]! + toTarget[node]!;
  // Sorted by the length of the shortest path through a node, a kept node has the rest of one such path kept before it.
  const sorted = between.toSorted(
    (a, b) => through(a) - through(b) || toTarget[a]! - toTarget[b]! || weights[b]! - weights[a]! || a - b,
  );
  const nodes = [...sorted.subarray(0, limit)];
  const position = new Int32Array(graph.nodeCount).fill(LEFT_OUT);
  for (const [at, node] of nodes.entries()) position[node] = at;
  return {
    nodes,
    count: between.length,
    edges: listEdges(graph, nodes, position, isBetween),
    leftOut: nodes.map((node) => {
      return new Set(targetsOf(backwards, node).filter((from) => isBetween(from) && position[from] === LEFT_OUT)).size;
    }),
  };
}

function listEdges(
  graph: Graph,
  nodes: readonly number[],
  position: Int32Array,
  isBetween: (node: number) => boolean,
): MergedEdge[] {
  const direct = nodes.map(
    (node, from) =>
      new Set(Array.from(targetsOf(graph, node), (to) => position[to]!).filter((to) => to >= 0 && to !== from)),
  );
  const edges: MergedEdge[] = direct.flatMap((ends, from) => [...ends].map((to) => ({ from, to, indirect: false })));
  const reach = nodes.map((_, from) => reachOver(direct, from));
  for (const [from, node] of nodes.entries()) {
    for (const to of reachOverOthers(graph, node, position, isBetween)) {
      if (to !== from && !reach[from]!.has(to)) edges.push({ from, to, indirect: true });
    }
  }
  return edges;
}

/** The kept nodes that a kept node reaches over kept edges. */
function reachOver(direct: readonly ReadonlySet<number>[], from: number): ReadonlySet<number> {
  const reached = new Set<number>(direct[from]);
  // A set iterates over what is added on the way.
  for (const at of reached) for (const to of direct[at]!) reached.add(to);
  return reached;
}

/** The kept nodes that a node reaches over nodes that are left out. */
function reachOverOthers(
  graph: Graph,
  node: number,
  position: Int32Array,
  isBetween: (node: number) => boolean,
): Set<number> {
  const found = new Set<number>();
  const passed = new Set<number>([node]);
  for (const at of passed) {
    for (const to of targetsOf(graph, at)) {
      if (position[to]! >= 0) found.add(position[to]!);
      else if (isBetween(to)) passed.add(to);
    }
  }
  return found;
}
