import { buildGraph } from "#lib/graph/graph.ts";
import { findOrder } from "#lib/graph/ordering.ts";
import { type Places, placeNodes } from "#lib/graph/placement.ts";
import { findRanks } from "#lib/graph/ranks.ts";
import { wrapRanks } from "#lib/graph/wrap-ranks.ts";
import type { VisibleGraph } from "./visible.ts";

export interface PlaceOptions {
  /** By element: nodes, then groups. */
  readonly heights?: ArrayLike<number>;
  readonly columnGap?: number;
  readonly rowGap?: number;
  /** Elements of one column before it is cut in two. */
  readonly rows?: number;
}

const ROWS = 40;

/**
 * Where each element of a view stands (centres; nodes, then groups). Ranked anew over what is drawn: the whole graph's
 * ranks would leave a few elements in each of hundreds of columns. Transitive edges change no rank and would only pull
 * things off their line; edges of groups would, too: a group stands beside the node that holds it.
 */
export function placeVisible(visible: VisibleGraph, { rows = ROWS, ...room }: PlaceOptions = {}): Places {
  const nodeCount = visible.nodes.length + visible.groups.length;
  const ranking = visible.edges.filter(
    ({ to, from, kind, transitive }) => kind === "holds" || (!transitive && Math.max(from, to) < visible.nodes.length),
  );
  const from = Int32Array.from(ranking, (edge) => edge.from);
  const to = Int32Array.from(ranking, (edge) => edge.to);
  const { graph } = buildGraph({ nodeCount, from, to });
  const rank = findRanks(graph, []);
  const order = findOrder(graph, rank);
  return placeNodes({ ...room, rank: wrapRanks(rank, order, rows), order, from, to });
}
