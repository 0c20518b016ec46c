import type { Box, MapScene } from "#lib/pictures/map/map-camera.ts";
import type { MapColours } from "./map-colours.ts";

/** What is drawn on a map in every frame. Positions, −1 for none. */
interface Marks {
  readonly scene: MapScene;
  readonly colours: MapColours;
  readonly pointed: number;
  readonly selected: number;
  readonly neighbours: readonly number[];
}

/** Neighbours in view to which lines are drawn: more would be a wedge. */
const MAX_LINES = 40;
const LINE_OPACITY = 0.55;
/** The smallest outline, in pixels: a node may be smaller. */
const MIN_OUTLINE = 4;

/** The outlines of the chosen node and of the one pointed at, and lines to neighbours. */
export function paintMarks(context: CanvasRenderingContext2D, marks: Marks): void {
  const { scene, colours, pointed, selected, neighbours } = marks;
  if (selected >= 0) paintLines(context, { scene, selected, neighbours, colour: colours.ink });
  if (pointed >= 0) outline(context, scene.boxOf(pointed), colours.ink, 1.5);
  if (selected >= 0) outline(context, scene.boxOf(selected), colours.accent, 2.5);
}

function outline(context: CanvasRenderingContext2D, box: Box, colour: string, width: number): void {
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.strokeRect(box.x, box.y, Math.max(MIN_OUTLINE, box.width - 1), Math.max(MIN_OUTLINE, box.height - 1));
}

interface Lines extends Pick<Marks, "scene" | "selected" | "neighbours"> {
  readonly colour: string;
}

/** Lines from a node to its neighbours in view, if they are few. */
function paintLines(context: CanvasRenderingContext2D, { scene, selected, neighbours, colour }: Lines): void {
  const { width, height } = scene.room;
  const ends = neighbours.map((position) => centre(scene.boxOf(position)));
  const seen = ends.filter(({ x, y }) => x >= 0 && y >= 0 && x < width && y < height);
  if (seen.length > MAX_LINES) return;
  const from = centre(scene.boxOf(selected));
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.globalAlpha = LINE_OPACITY;
  context.beginPath();
  for (const { x, y } of seen) {
    context.moveTo(from.x, from.y);
    context.lineTo(x, y);
    context.arc(x, y, 1.5, 0, 2 * Math.PI);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function centre({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
