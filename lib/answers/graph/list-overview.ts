import { chooseOverview } from "#lib/analysis/overview.ts";
import { type Graph, targetsOf } from "#lib/graph/graph.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { Overview, OverviewColumn, OverviewEdge, OverviewNode } from "#lib/model/overview.ts";

/** A graph to draw. Arrays are by node. */
export interface OverviewSource {
  readonly graph: Graph;
  readonly selfSize: Float64Array;
  /** Which nodes are drawn first. */
  readonly importance: Float64Array;
  readonly rank: Int32Array;
  readonly joined: Uint8Array;
  readonly rootCount: number;
  readonly unit: MeasureUnit;
  readonly toNode: (node: number) => OverviewNode;
  /** `undefined` for an edge that the filters leave out. */
  readonly toEdge: (from: number, to: number, slot: number) => Pick<OverviewEdge, "evidence" | "side"> | undefined;
}

export interface OverviewAsked {
  readonly matching?: Uint8Array | undefined;
  readonly open: readonly number[];
  readonly wanted: readonly number[];
}

/** What a drawing of a graph may show: plain data for every shape of window. */
export function listOverview(source: OverviewSource, asked: OverviewAsked): Overview {
  const { graph, rootCount, unit } = source;
  const { columns, alone, matchingCount } = chooseOverview({ ...source, ...asked });
  const chosen = [...columns, alone].flatMap(({ nodes }) => nodes);
  const positionOf = new Map(chosen.map((node, position) => [node, position]));
  const toColumn = (column: (typeof columns)[number]): OverviewColumn => ({
    ...column,
    nodes: column.nodes.map((node) => positionOf.get(node)!),
  });
  return {
    nodes: chosen.map((node) => source.toNode(node)),
    columns: columns.map(toColumn),
    alone: toColumn(alone),
    edges: listEdges(source, chosen, positionOf),
    wanted: asked.wanted.flatMap((node) => positionOf.get(node) ?? []),
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    matchingCount,
    matchingEdges: countEdges(source, asked.matching),
    rootCount,
    unit,
  };
}

function listEdges(
  { graph, toEdge }: OverviewSource,
  chosen: readonly number[],
  positionOf: ReadonlyMap<number, number>,
) {
  const edges: OverviewEdge[] = [];
  for (const [from, node] of chosen.entries()) {
    targetsOf(graph, node).forEach((target, i) => {
      const to = positionOf.get(target);
      const edge = to === undefined || to === from ? undefined : toEdge(node, target, graph.offsets[node]! + i);
      if (to !== undefined && edge !== undefined) edges.push({ from, to, ...edge });
    });
  }
  return edges;
}

/** Edges that the filters leave, those of a node to itself included. */
function countEdges({ graph, toEdge }: OverviewSource, matching: Uint8Array | undefined): number {
  let count = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (matching?.[node] === 0) continue;
    for (let slot = graph.offsets[node]!; slot < graph.offsets[node + 1]!; slot++) {
      const target = graph.targets[slot]!;
      if (matching?.[target] !== 0 && toEdge(node, target, slot) !== undefined) count++;
    }
  }
  return count;
}
