import { isKeptBy } from "#lib/analysis/focus/size-order.ts";
import { edgeCountOf, findSlot, type Graph } from "#lib/graph/graph.ts";
import { computeReachable } from "#lib/graph/reachable.ts";
import type { FocusMiddle, FocusSide } from "#lib/model/focus-answer.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import type { NodeName } from "../why.ts";
import { type FocusListed, listMembers } from "./focus-listing.ts";
import { buildParts } from "./focus-parts.ts";
import { describePathTo, findWay } from "./focus-path.ts";
import { describeParts } from "./focus-rows.ts";
import { type FocusScene, orderOf, toFocusNode } from "./focus-scene.ts";

export interface FocusQuestion {
  /** Default: the node that retains most. */
  readonly node?: NodeName | undefined;
  /** How far from the node; `Infinity` for everything. */
  readonly steps: number;
  readonly side: FocusSide;
  /** The walked nodes before this one. */
  readonly trail: readonly number[];
  readonly listing?: FocusListed | undefined;
  /** Text that names another node, or its index: also find a path to it. */
  readonly to?: string | undefined;
}

/** Everything around one node, without its evidence: no query. O(n + m). */
export function describeMiddle(
  { graph, node, details }: Pick<FocusScene, "graph" | "node" | "details">,
  { steps, side, listing, to }: Omit<FocusQuestion, "node" | "trail">,
): FocusMiddle {
  const reached = computeReachable(graph.graph, [node]);
  const reaching = computeReachable(graph.reversed, [node]);
  const scene = { graph, node, reached, reaching, details };
  const members = buildParts(graph, node, { steps, side });
  const { described, shown } = describeParts(scene, members, side);
  return {
    node: toFocusNode(graph, node),
    neededBy: countOthers(graph.reversed, node),
    needs: countOthers(graph.graph, node),
    ...countAround(graph, node, { reached, reaching }),
    way: findWay(graph, node),
    ...described,
    listing: listing === undefined ? undefined : listMembers(scene, members, shown, listing),
    path: to === undefined ? undefined : describePathTo(graph, node, to),
  };
}

function countOthers(graph: Graph, node: number): number {
  return edgeCountOf(graph, node) - (findSlot(graph, node, node) < 0 ? 0 : 1);
}

function countAround(
  graph: KeptGraph,
  node: number,
  { reached, reaching }: { readonly reached: Uint8Array; readonly reaching: Uint8Array },
) {
  const order = orderOf(graph);
  const counts = { keptCount: -1, reachedCount: -1, reachingCount: -1, rootCount: 0, cycleCount: -1 };
  for (let other = 0; other < graph.nodes.length; other++) {
    if (isKeptBy(order, other, node)) counts.keptCount++;
    counts.reachedCount += reached[other]!;
    counts.reachingCount += reaching[other]!;
    counts.cycleCount += reached[other]! & reaching[other]!;
  }
  for (const root of graph.roots) counts.rootCount += reaching[root]!;
  return counts;
}
