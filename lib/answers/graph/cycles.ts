import { isKeptBy, sumTopmost } from "#lib/analysis/focus/size-order.ts";
import { completeRoots } from "#lib/graph/complete-roots.ts";
import { sumReachedWithout } from "#lib/graph/reached-without.ts";
import type { KeptTreeAnswer, NodeCycle } from "#lib/model/kept-tree.ts";
import { cyclesOf } from "../kept/cycles.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import { orderOf } from "./focus-scene.ts";
import { toKeptNode } from "./kept-nodes.ts";

/** Members of a cycle that are named. */
const MAX_MEMBERS = 12;

/** The cycles with a member that a node keeps (−1: all), the largest first. O(n + m) for each that is listed. */
export function describeCycles(graph: KeptGraph, node: number, limit: number): KeptTreeAnswer["cycles"] {
  const order = orderOf(graph);
  const sized = cyclesOf(graph)
    .members.filter((members) => node < 0 || members.some((member) => isKeptBy(order, member, node)))
    .map((members): [readonly number[], number] => [members, sumTopmost(order, graph.retainedSize, members)])
    .sort(([a, alone], [b, other]) => other - alone || a[0]! - b[0]!);
  return {
    rows: sized.slice(0, limit).map(([members, alone]) => describeCycle(graph, members, alone)),
    count: sized.length,
  };
}

function describeCycle(graph: KeptGraph, members: readonly number[], alone: number): NodeCycle {
  const { retainedSize, selfSize } = graph;
  const roots = completeRoots(graph.graph, graph.roots);
  const sorted = members.toSorted((a, b) => retainedSize[b]! - retainedSize[a]! || a - b);
  return {
    key: members[0]!,
    members: sorted.slice(0, MAX_MEMBERS).map((member) => toKeptNode(graph, member)),
    count: members.length,
    together: orderOf(graph).total - sumReachedWithout(graph.graph, roots, selfSize, members),
    alone,
  };
}
