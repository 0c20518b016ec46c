import { buildGraph } from "#lib/graph/graph.ts";
import { computeTransitiveEdges } from "#lib/graph/transitive-edges.ts";
import type { Overview, OverviewEdge } from "#lib/model/overview.ts";

/** An edge between two boxes. */
export interface DrawnEdge extends Omit<OverviewEdge, "from" | "to"> {
  /** Positions of boxes. */
  readonly from: number;
  readonly to: number;
  /** Others lead to the same box, over boxes between. */
  readonly follows: boolean;
}

/** The edges between drawn nodes, and which of them follow from others that are drawn. */
export function listDrawnEdges({ edges }: Overview, boxOf: ReadonlyMap<number, number>): DrawnEdge[] {
  const drawn = edges.filter(({ from, to }) => from !== to && boxOf.has(from) && boxOf.has(to));
  const from = Int32Array.from(drawn, (edge) => boxOf.get(edge.from)!);
  const to = Int32Array.from(drawn, (edge) => boxOf.get(edge.to)!);
  const { graph, edgeOrder } = buildGraph({ nodeCount: boxOf.size, from, to });
  const follows = new Uint8Array(drawn.length);
  computeTransitiveEdges(graph).forEach((mark, slot) => {
    follows[edgeOrder[slot]!] = mark;
  });
  return drawn.map((edge, i) => ({ ...edge, from: from[i]!, to: to[i]!, follows: follows[i] === 1 }));
}
