import type { KeptGraph } from "../kept/graphs.ts";
import { evidenceOf } from "./node-detail.ts";
import { type Drawing, toGroupElement, type UnplacedElement } from "./picture.ts";

/** One artifact's graph as it is drawn: boxes by retained size, lines by what says that the edge is there. */
export function toDrawing(graph: KeptGraph): Drawing {
  const { nodes, retainedSize } = graph;
  return {
    retainedSize,
    toNode: (node) => toNodeElement(graph, node),
    toGroup: (group) =>
      toGroupElement(
        group,
        group.top.map((node) => nodes[node]!.name),
      ),
    toLink: (from, to) => ({ known: evidenceOf(graph, from, to) ?? "several" }),
  };
}

function toNodeElement({ nodes }: KeptGraph, node: number): UnplacedElement {
  const { live: _, ...named } = nodes[node]!;
  return { ...named, key: `n${node}`, type: "node", count: 1, members: [] };
}
