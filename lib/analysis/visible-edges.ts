import type { Graph } from "#lib/graph/graph.ts";
import type { VisibleGroup } from "./visible-groups.ts";

/** An edge between drawn elements (numbered: nodes, then groups). */
export interface VisibleEdge {
  readonly from: number;
  readonly to: number;
  /** How many references it stands for; 0 where a node only dominates what is in its group. */
  readonly count: number;
  /** `holds`: from a node to the group of what it dominates. `reference`: all others. */
  readonly kind: "holds" | "reference";
}

interface EdgeQuestion {
  readonly graph: Graph;
  readonly retainedSize: Float64Array;
  readonly dominator: Int32Array;
  readonly nodes: readonly number[];
  readonly groups: readonly VisibleGroup[];
  /** Nearest shown dominator of hidden nodes, a shown node itself: `findOwners`. */
  readonly owners: Int32Array;
  /** How many edges may be drawn. */
  readonly room: number;
}

interface RankedEdge extends VisibleEdge {
  readonly importance: number;
  readonly bytes: number;
}

/** Edges that tell most come first: what hangs where, then references between nodes, then those of groups. */
const Importance = { holds: 0, dominates: 1, betweenNodes: 2, ofGroup: 3 } as const;

/** References between elements, folded to one edge a pair; the least important are cut beyond `room`, and counted. */
export function foldEdges(question: EdgeQuestion) {
  const counts = countReferences(question);
  const ranked: RankedEdge[] = [];
  const elementCount = question.nodes.length + question.groups.length;
  const groupOf = new Map(question.groups.map((group, i) => [group.parent, question.nodes.length + i]));
  for (let from = 0; from < elementCount; from++) {
    const held = groupOf.get(question.nodes[from] ?? -2) ?? -1;
    for (let to = 0; to < elementCount; to++) {
      const count = counts[from * elementCount + to]!;
      if (count > 0 || to === held) ranked.push(rankEdge(question, { from, to, count, held }));
    }
  }
  ranked.sort((a, b) => a.importance - b.importance || b.bytes - a.bytes || a.from - b.from || a.to - b.to);
  const edges = ranked
    .slice(0, question.room)
    .map(({ from, to, count, kind }): VisibleEdge => ({ from, to, count, kind }));
  return { edges, cutEdges: ranked.length - edges.length };
}

/** References between every two elements, as a square: at most 1,500² numbers, whatever the graph. */
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
  /** The element of the group that `from` holds, −1 for none. */
  readonly held: number;
}

function rankEdge(question: EdgeQuestion, { from, to, count, held }: FoldedEdge): RankedEdge {
  const { nodes, groups } = question;
  const source = nodes[from];
  const target = nodes[to];
  const bytes = target === undefined ? groups[to - nodes.length]!.bytes : question.retainedSize[target]!;
  if (to === held) return { from, to, count, kind: "holds", importance: Importance.holds, bytes };
  if (source === undefined || target === undefined) {
    return { from, to, count, kind: "reference", importance: Importance.ofGroup, bytes };
  }
  const importance = question.dominator[target] === source ? Importance.dominates : Importance.betweenNodes;
  return { from, to, count, kind: "reference", importance, bytes };
}
