import { isKeptBy } from "#lib/analysis/focus/size-order.ts";
import { edgeCountOf, findSlot, type Graph } from "#lib/graph/graph.ts";
import { computeReachable } from "#lib/graph/reachable.ts";
import { FOCUS_PARTS, type FocusMember, type FocusMiddle, type FocusSide } from "#lib/model/focus-answer.ts";
import type { NodeName } from "../why.ts";
import { type FocusListed, findListed, listMembers } from "./focus-listing.ts";
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
  /** The walked nodes before this one: ids or indices. Unknown ones are left out. */
  readonly trail: readonly NodeName[];
  readonly listing?: FocusListed | undefined;
  /** Text that names another node, or its index: also find a path to it. */
  readonly to?: string | undefined;
}

type Asked = Omit<FocusQuestion, "node" | "trail">;
type Seen = Pick<FocusScene, "graph" | "node" | "details">;

/** Everything around one node, without its evidence: no query. O(n + m). */
export function describeMiddle(seen: Seen, { steps, side, listing, to }: Asked): FocusMiddle {
  const { graph, node } = seen;
  const scene = lookAround(seen);
  const members = buildParts(graph, node, { steps, side });
  const { described, shown } = describeParts(scene, members, side);
  return {
    node: toFocusNode(graph, node),
    neededBy: countOthers(graph.reversed, node),
    needs: countOthers(graph.graph, node),
    ...countAround(scene),
    way: findWay(graph, node),
    ...described,
    listing: listing === undefined ? undefined : listMembers(scene, members, shown, listing),
    path: to === undefined ? undefined : describePathTo(graph, node, to),
  };
}

/** All members of the listing or, without one, of all parts that are shown. */
export function findMembers(seen: Seen, { steps, side, listing }: Asked): FocusMember[] {
  const { graph, node } = seen;
  const scene = lookAround(seen);
  const parts = buildParts(graph, node, { steps, side });
  const { shown } = describeParts(scene, parts, side);
  const listings = listing === undefined ? FOCUS_PARTS.map((part) => ({ part, page: 0 })) : [listing];
  return listings.flatMap((listed) => {
    const found = findListed(scene, parts, shown, listed);
    return Array.from(found, (other) => ({ ...toFocusNode(graph, other), part: listed.part }));
  });
}

function lookAround(seen: Seen): FocusScene {
  const { graph, node } = seen;
  const reached = computeReachable(graph.graph, [node]);
  return { ...seen, reached, reaching: computeReachable(graph.reversed, [node]) };
}

function countOthers(graph: Graph, node: number): number {
  return edgeCountOf(graph, node) - (findSlot(graph, node, node) < 0 ? 0 : 1);
}

function countAround({ graph, node, reached, reaching }: FocusScene) {
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
