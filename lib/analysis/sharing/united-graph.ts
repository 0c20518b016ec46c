import { completeRoots } from "#lib/graph/complete-roots.ts";
import { distinctEdges } from "#lib/graph/distinct-edges.ts";
import { buildGraph, findSlot, type Graph, type NodeList } from "#lib/graph/graph.ts";
import { computeRetainedSizes } from "#lib/graph/retained-sizes.ts";

/** Bits: which of two artifacts has an edge. */
export const IN_LEFT = 1;
export const IN_RIGHT = 2;

/** One artifact's graph, and the rows of its nodes in the components of both. */
export interface SideGraph {
  readonly graph: Graph;
  readonly roots: NodeList;
  /** Node index → the component's row in the difference. */
  readonly rowOf: Int32Array;
}

/** Two artifacts' graphs as one: node i is row i of their difference. */
export interface UnitedGraph {
  /** Each (from, to) once. */
  readonly graph: Graph;
  /** By slot of `graph.targets`: `IN_LEFT`, `IN_RIGHT` or both. */
  readonly sides: Uint8Array;
  /** Each side alone, with the same numbering; an edge may occur twice. */
  readonly left: RootedGraph;
  readonly right: RootedGraph;
}

export interface RootedGraph {
  readonly graph: Graph;
  readonly roots: Int32Array;
}

/** Unites two graphs. O(n + m). */
export function uniteGraphs(rowCount: number, left: SideGraph, right: SideGraph): UnitedGraph {
  const [lefts, rights] = [listEdges(left), listEdges(right)];
  const from = concatenate(lefts.from, rights.from);
  const to = concatenate(lefts.to, rights.to);
  const built = buildGraph({ nodeCount: rowCount, from, to });
  const { graph, slotOf } = distinctEdges(built.graph);
  const sides = new Uint8Array(graph.edgeCount);
  for (const [slot, folded] of slotOf.entries()) {
    sides[folded]! |= built.edgeOrder[slot]! < lefts.from.length ? IN_LEFT : IN_RIGHT;
  }
  return { graph, sides, left: toRooted(rowCount, left, lefts), right: toRooted(rowCount, right, rights) };
}

function concatenate(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

function listEdges({ graph, rowOf }: SideGraph): Edges {
  const from = new Int32Array(graph.edgeCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    from.fill(rowOf[node]!, graph.offsets[node], graph.offsets[node + 1]);
  }
  return { from, to: graph.targets.map((target) => rowOf[target]!) };
}

function toRooted(nodeCount: number, { roots, rowOf }: SideGraph, { from, to }: Edges): RootedGraph {
  const rows = new Set(Array.from(roots, (root) => rowOf[root]!));
  return { graph: buildGraph({ nodeCount, from, to }).graph, roots: Int32Array.from(rows).sort() };
}

/**
 * For each node the bytes of all changes that only it leads to, from the roots of both sides together, and its immediate
 * dominator there. `changedBytes`: by node, 0 for unchanged rows.
 */
export function computeRetainedChanges({ graph, left, right }: UnitedGraph, changedBytes: Float64Array) {
  const roots = completeRoots(graph, [...new Set([...left.roots, ...right.roots])]);
  return computeRetainedSizes(graph, roots, changedBytes);
}

/** The sides with the edge from one node to another: bits, 0 for none. */
export function edgeSides({ graph, sides }: UnitedGraph, from: number, to: number): number {
  return sides[findSlot(graph, from, to)] ?? 0;
}
