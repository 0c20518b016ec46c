import type { Overview, OverviewNode } from "#lib/model/overview.ts";
import { placeOverview } from "#lib/pictures/overview/place-overview.ts";
import type { PlacedOverview } from "#lib/pictures/overview/placed.ts";
import { OVERVIEW_SHAPES, type OverviewShape, type ShapeName } from "#lib/pictures/overview/shapes.ts";

/** Drawings without a wanted node, by the columns that they show: overviews are cached, and selecting a node changes none. */
const placed = new WeakMap<Overview["columns"], Map<ShapeName, PlacedOverview>>();

/** The drawing for each shape of window, and the nodes that any of them shows. On the server: the window is known later. */
export function placeShapes(overview: Overview) {
  const shapes = OVERVIEW_SHAPES.map((shape) => [shape.name, placeShape(overview, shape)] as const);
  const shown = new Set(shapes.flatMap(([, { boxes }]) => boxes.map(({ nodeIndex }) => nodeIndex)));
  const nodes: Record<number, OverviewNode> = {};
  for (const node of overview.nodes) if (shown.has(node.nodeIndex)) nodes[node.nodeIndex] = node;
  return { shapes: Object.fromEntries(shapes) as Record<ShapeName, PlacedOverview>, nodes };
}

function placeShape(overview: Overview, shape: OverviewShape): PlacedOverview {
  const known = placed.get(overview.columns) ?? new Map<ShapeName, PlacedOverview>();
  placed.set(overview.columns, known);
  const plain = known.get(shape.name) ?? placeOverview({ ...overview, wanted: [] }, shape);
  known.set(shape.name, plain);
  const drawn = new Set(plain.boxes.map(({ nodeIndex }) => nodeIndex));
  const isDrawn = overview.wanted.every((node) => drawn.has(overview.nodes[node]!.nodeIndex));
  return isDrawn ? plain : placeOverview(overview, shape);
}
