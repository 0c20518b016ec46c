import { buildGraph } from "#lib/graph/graph.ts";
import { computeOrder } from "#lib/graph/ordering.ts";
import { type Placement, type Places, placeNodes } from "#lib/graph/placement.ts";
import { computeRanks } from "#lib/graph/ranks.ts";
import { wrapRanks } from "#lib/graph/wrap-ranks.ts";
import type { VisibleGraph } from "./visible.ts";

export interface PlaceOptions extends Pick<Placement, "heights" | "columnGap" | "rowGap"> {
  /** Maximum number of elements in one column before it is split. */
  readonly rows?: number;
}

const ROWS = 40;

/**
 * Positions of a view's elements (centres; nodes, then groups). Ranks are computed over the drawn elements only: the whole
 * graph's ranks would leave a few elements in each of hundreds of columns. Redundant edges change no rank and would only pull
 * elements off their line. So would edges of groups: a group is placed beside its node.
 */
export function placeVisible(visible: VisibleGraph, { rows = ROWS, ...room }: PlaceOptions = {}): Places {
  const nodeCount = visible.nodes.length + visible.groups.length;
  const ranking = visible.edges.filter(
    ({ to, from, kind, transitive }) => kind === "holds" || (!transitive && Math.max(from, to) < visible.nodes.length),
  );
  const from = Int32Array.from(ranking, (edge) => edge.from);
  const to = Int32Array.from(ranking, (edge) => edge.to);
  const { graph } = buildGraph({ nodeCount, from, to });
  const rank = computeRanks(graph, []);
  const order = computeOrder(graph, rank);
  return placeNodes({ ...room, rank: wrapRanks(rank, order, rows), order, from, to });
}
