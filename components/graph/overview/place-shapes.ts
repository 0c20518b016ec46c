import type { Overview, OverviewNode } from "#lib/model/overview.ts";
import { placeOverview } from "#lib/pictures/overview/place-overview.ts";
import type { PlacedOverview } from "#lib/pictures/overview/placed.ts";
import { OVERVIEW_SHAPES, type ShapeName } from "#lib/pictures/overview/shapes.ts";

/** The drawing for each shape of window, and the nodes that any of them shows. On the server: the window is known later. */
export function placeShapes(overview: Overview) {
  const placed = OVERVIEW_SHAPES.map((shape) => [shape.name, placeOverview(overview, shape)] as const);
  const shown = new Set(placed.flatMap(([, { boxes }]) => boxes.map(({ nodeIndex }) => nodeIndex)));
  const nodes: Record<number, OverviewNode> = {};
  for (const node of overview.nodes) if (shown.has(node.nodeIndex)) nodes[node.nodeIndex] = node;
  return { shapes: Object.fromEntries(placed) as Record<ShapeName, PlacedOverview>, nodes };
}
