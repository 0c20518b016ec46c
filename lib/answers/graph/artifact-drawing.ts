import type { KeptGraph } from "../kept/graphs.ts";
import { evidenceOf } from "./node-detail.ts";
import { type Drawing, toGroupElement, type UnplacedElement } from "./picture.ts";

/** The drawing of one artifact's graph: boxes by retained size, lines by the evidence for the edge. */
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
