import { buildGraph, type Graph } from "#lib/graph/graph.ts";
import { computeTransitiveEdges } from "#lib/graph/transitive-edges.ts";
import type { VisibleGroup } from "./visible-groups.ts";

/** An edge between drawn elements (numbered: nodes, then groups). */
export interface VisibleEdge {
  readonly from: number;
  readonly to: number;
  /** Number of references drawn as this edge; 0 if a node only dominates the members of its group. */
  readonly count: number;
  /** `holds`: from a node to the group of the nodes it dominates. `reference`: all others. */
  readonly kind: "holds" | "reference";
  /** A path over other drawn nodes makes the edge redundant: most clutter is such edges, and nothing is lost by fading them. */
  readonly transitive: boolean;
}

interface EdgeQuestion {
  readonly graph: Graph;
  readonly retainedSize: Float64Array;
  readonly dominator: Int32Array;
  readonly nodes: readonly number[];
  readonly groups: readonly VisibleGroup[];
  /** Nearest shown dominator of hidden nodes, and each shown node itself: `computeOwners`. */
  readonly owners: Int32Array;
  /** Maximum number of edges drawn. */
  readonly room: number;
}

interface RankedEdge extends VisibleEdge {
  readonly importance: number;
  readonly bytes: number;
}

/** Sort order by importance: dominators to their groups, then references between nodes, then those of groups. */
const Importance = { holds: 0, dominates: 1, betweenNodes: 2, transitive: 3, ofGroup: 4 } as const;

/** References between elements, one edge per pair; the least important beyond `room` are cut, and counted. */
export function foldEdges(question: EdgeQuestion) {
  const pairs = listPairs(question);
  const transitive = findDetours(question.nodes.length, pairs);
  const ranked = pairs.map((pair, i) => rankEdge(question, pair, transitive[i] === 1));
  ranked.sort((a, b) => a.importance - b.importance || b.bytes - a.bytes || a.from - b.from || a.to - b.to);
  const edges = ranked.slice(0, question.room).map(({ importance: _, bytes: __, ...edge }): VisibleEdge => edge);
  return { edges, cutEdges: ranked.length - edges.length };
}

/** Every pair of elements joined by an edge. */
function listPairs(question: EdgeQuestion): FoldedEdge[] {
  const { nodes, groups } = question;
  const counts = countReferences(question);
  const elementCount = nodes.length + groups.length;
  const groupOf = new Map(groups.map((group, i) => [group.parent, nodes.length + i]));
  const pairs: FoldedEdge[] = [];
  for (let from = 0; from < elementCount; from++) {
    const held = groupOf.get(nodes[from] ?? -2);
    for (let to = 0; to < elementCount; to++) {
      const count = counts[from * elementCount + to]!;
      if (count > 0 || to === held) pairs.push({ from, to, count, holds: to === held });
    }
  }
  return pairs;
}

/** 1 for each edge between two nodes that a path over other drawn nodes makes redundant. */
function findDetours(nodeCount: number, pairs: readonly FoldedEdge[]): Uint8Array {
  const between: number[] = [];
  pairs.forEach(({ from, to }, i) => {
    if (Math.max(from, to) < nodeCount) between.push(i);
  });
  const from = Int32Array.from(between, (i) => pairs[i]!.from);
  const to = Int32Array.from(between, (i) => pairs[i]!.to);
  const { graph, edgeOrder } = buildGraph({ nodeCount, from, to });
  const detours = new Uint8Array(pairs.length);
  computeTransitiveEdges(graph).forEach((mark, slot) => {
    detours[between[edgeOrder[slot]!]!] = mark;
  });
  return detours;
}

/** References between every pair of elements, as a square: at most 1,500² numbers, whatever the graph. */
function countReferences({ graph, nodes, groups, owners }: EdgeQuestion): Int32Array {
  const elementCount = nodes.length + groups.length;
  const elementOf = numberElements(nodes, groups, owners);
  const counts = new Int32Array(elementCount * elementCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    const from = elementOf[node]!;
    for (let slot = graph.offsets[node]!; slot < graph.offsets[node + 1]!; slot++) {
      const to = elementOf[graph.targets[slot]!]!;
      if (to !== from) counts[from * elementCount + to]!++;
    }
  }
  return counts;
}

function numberElements(nodes: readonly number[], groups: readonly VisibleGroup[], owners: Int32Array): Int32Array {
  const groupOf = new Int32Array(owners.length + 1);
  groups.forEach((group, i) => {
    groupOf[group.parent + 1] = nodes.length + i;
  });
  const elementOf = owners.map((owner) => groupOf[owner + 1]!);
  nodes.forEach((node, i) => {
    elementOf[node] = i;
  });
  return elementOf;
}

interface FoldedEdge {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** `to` is the group of the nodes that `from` dominates. */
  readonly holds: boolean;
}

function rankEdge(question: EdgeQuestion, { from, to, count, holds }: FoldedEdge, transitive: boolean): RankedEdge {
  const { nodes, groups } = question;
  const target = nodes[to];
  const bytes = target === undefined ? groups[to - nodes.length]!.bytes : question.retainedSize[target]!;
  const kind = holds ? "holds" : "reference";
  const importance = holds ? Importance.holds : rankReference(question, nodes[from], target, transitive);
  return { from, to, count, kind, transitive, importance, bytes };
}

function rankReference(
  { dominator }: EdgeQuestion,
  from: number | undefined,
  to: number | undefined,
  transitive: boolean,
) {
  if (from === undefined || to === undefined) return Importance.ofGroup;
  if (transitive) return Importance.transitive;
  return dominator[to] === from ? Importance.dominates : Importance.betweenNodes;
}
