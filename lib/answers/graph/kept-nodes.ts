import {
  type DividedPart,
  divideKept,
  type KeptScope,
  type PartLimits,
  type SizedTree,
} from "#lib/analysis/kept-parts.ts";
import type { KeptFamilyPart, KeptNode, KeptPart } from "#lib/model/kept-tree.ts";
import { cyclesOf } from "../kept/cycles.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import { orderOf } from "./focus-scene.ts";

/** A node with what it keeps. */
export function toKeptNode(graph: KeptGraph, node: number): KeptNode {
  const cycle = cyclesOf(graph).cycleOf[node]!;
  return { ...graph.nodes[node]!, keptCount: countKept(graph, node) - 1, cycle: cycle < 0 ? undefined : cycle };
}

function countKept(graph: KeptGraph, node: number): number {
  const { positionOf, endOf } = orderOf(graph);
  return endOf[positionOf[node]!]! - positionOf[node]!;
}

/** Four or more nodes of one name below the same node. */
export function describeFamily(
  graph: KeptGraph,
  nodes: readonly number[],
  within: number,
): Omit<KeptFamilyPart, "type" | "size" | "parts"> {
  return {
    name: graph.nodes[nodes[0]!]!.name,
    node: toKeptNode(graph, nodes[0]!),
    count: nodes.length,
    keptCount: nodes.reduce((sum, node) => sum + countKept(graph, node), 0),
    selfSize: nodes.reduce((sum, node) => sum + graph.selfSize[node]!, 0),
    within: within < 0 ? undefined : toKeptNode(graph, within),
  };
}

/** The parts of a picture, with their nodes. */
export function describeParts(graph: KeptGraph, tree: SizedTree, scope: KeptScope, limits: PartLimits): KeptPart[] {
  return divideKept(tree, scope, limits).map((part) => describePart(graph, part));
}

/** At most as deep as the levels of a picture. */
function describePart(graph: KeptGraph, part: DividedPart): KeptPart {
  const { type, nodes, size, within, count, from, family } = part;
  const parts = part.parts.map((inner) => describePart(graph, inner));
  const node = within < 0 ? undefined : toKeptNode(graph, within);
  if (type === "others") {
    const name = family < 0 ? undefined : orderOf(graph).names[family];
    return { type, size, parts, count, from, within: node, family: name };
  }
  if (nodes.length > 1) return { type: "family", size, parts, ...describeFamily(graph, nodes, within) };
  return { type: type === "self" ? "self" : "node", size, parts, node: toKeptNode(graph, nodes[0]!) };
}
