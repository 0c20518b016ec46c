import { buildBreadthFirstTree, NO_PARENT, UNREACHED } from "#lib/graph/breadth-first-tree.ts";
import { buildGraph, type Graph } from "#lib/graph/graph.ts";
import { type ComponentKind, Evidence } from "#lib/model/component.ts";
import { isLibraryDetail } from "#lib/model/file-uses.ts";
import type { SnapshotEdges } from "#lib/model/snapshot.ts";

/** Edges followed to find declared ways in one graph. An ordinary image takes a few thousand. */
export const MAX_FOLLOWED_EDGES = 50_000_000;

/** An observed edge that its component does not declare. */
export interface FoundUndeclared {
  /** Row of the edge. */
  readonly row: number;
  /** The declared dependency that leads to the same component; -1 if none does. */
  readonly through: number;
}

/**
 * The libraries that components link without a declared edge to their owner: within one ecosystem, since a package can declare only
 * packages of its own. In the order of the edges. O(n + m) for each component with such a library; the rest is left out once
 * `MAX_FOLLOWED_EDGES` are followed.
 */
export function findUndeclared(
  nodes: readonly { readonly kind: ComponentKind }[],
  edges: SnapshotEdges,
): FoundUndeclared[] {
  const declared = declaredGraph(nodes.length, edges);
  const found: FoundUndeclared[] = [];
  let followed = 0;
  for (const [from, rows] of listCandidates(nodes, edges)) {
    followed += declared.nodeCount + declared.edgeCount;
    if (followed > MAX_FOLLOWED_EDGES) break;
    const parents = buildBreadthFirstTree(declared, [from]);
    for (const row of rows) {
      const through = firstStep(parents, edges.to[row]!);
      if (through !== edges.to[row]) found.push({ row, through });
    }
  }
  return found.sort((a, b) => a.row - b.row);
}

function declaredGraph(nodeCount: number, { from, to, evidence }: SnapshotEdges): Graph {
  const rows = [...from.keys()].filter((row) => evidence[row] === Evidence.declared);
  const column = (ends: Int32Array) => Int32Array.from(rows, (row) => ends[row]!);
  return buildGraph({ nodeCount, from: column(from), to: column(to) }).graph;
}

/** Rows of observed edges for a library to a component of the same kind, by where they start. */
function listCandidates(
  nodes: readonly { readonly kind: ComponentKind }[],
  { from, to, evidence, detail, details }: SnapshotEdges,
): Map<number, number[]> {
  const isCandidate = (row: number) =>
    evidence[row] === Evidence.observed &&
    nodes[from[row]!]!.kind === nodes[to[row]!]!.kind &&
    isDeclaring(nodes[from[row]!]!.kind) &&
    isLibraryDetail(details[detail[row]!] ?? "");
  return Map.groupBy([...from.keys()].filter(isCandidate), (row) => from[row]!);
}

/** Whether components of this kind say what they need. */
function isDeclaring(kind: ComponentKind): boolean {
  return kind !== "unowned" && kind !== "manager" && kind !== "binary" && kind !== "store";
}

/** The first node after the start on the way to this one: itself if it follows at once, -1 if there is no way. */
function firstStep(parents: Int32Array, to: number): number {
  if (parents[to] === UNREACHED || parents[to] === NO_PARENT) return -1;
  let at = to;
  while (parents[parents[at]!] !== NO_PARENT) at = parents[at]!;
  return at;
}
