import { stratify, tree } from "d3-hierarchy";
import type { ChangeNode } from "#lib/model/answer.ts";

export interface PlacedNode {
  readonly node: ChangeNode;
  /** Column from the left, 0 the roots; distance of the box's middle from the top, in rows. */
  readonly column: number;
  readonly place: number;
}

export interface PlacedTree {
  readonly placed: readonly PlacedNode[];
  readonly columns: number;
  /** Height in rows. */
  readonly rows: number;
}

const TOP = "top";
/** Distance between trees with different roots. */
const APART = 1.25;

/** The forest laid out tidily from left to right (Buchheim and others, "Improving Walker's Algorithm to Run in Linear Time"). */
export function placeTree(nodes: readonly ChangeNode[]): PlacedTree {
  if (nodes.length === 0) return { placed: [], columns: 0, rows: 0 };
  const byKey = new Map(nodes.map((node) => [`${node.row}`, node]));
  const root = stratify<string>()
    .id((key) => key)
    .parentId((key) => (key === TOP ? undefined : `${byKey.get(key)?.parent ?? TOP}`))([TOP, ...byKey.keys()]);
  const laid = tree<string>()
    .nodeSize([1, 1])
    .separation((a, b) => (a.parent === b.parent && a.depth > 1 ? 1 : APART))(root);
  const below = laid.descendants().filter(({ data }) => data !== TOP);
  const top = Math.min(...below.map(({ x }) => x));
  const placed = below.map(({ data, depth, x }) => ({
    node: byKey.get(data)!,
    column: depth - 1,
    place: x - top + 0.5,
  }));
  return {
    placed,
    columns: 1 + Math.max(...placed.map(({ column }) => column)),
    rows: 0.5 + Math.max(...placed.map(({ place }) => place)),
  };
}
