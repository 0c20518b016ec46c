import type { Area, PlacedOverview } from "#lib/pictures/overview/placed.ts";
import { OverviewCamera, WHOLE } from "./overview-camera.ts";

/** The least height of letters at which an area is shown, unless it is too large. */
const MIN_LETTERS = 11;

/** The minimap takes a line of the window only while something is outside it. */
const NEARLY_WHOLE = 1.06;

/** An area in the window: moved as little as possible, at a readable size if it is not too large for that. */
export function showArea(camera: OverviewCamera, area: Area, font: number): OverviewCamera {
  const readable = Math.max(camera.scale, MIN_LETTERS / font);
  return camera.scaled(Math.min(readable, camera.scaleOf(area))).showing(area);
}

/** Another window shows the same part. Another drawing keeps its size, and the boxes that stay keep their places. */
export function cameraAfter(
  before: OverviewCamera | undefined,
  old: PlacedOverview | undefined,
  placed: PlacedOverview,
  room: Area,
): OverviewCamera | undefined {
  if (before === undefined) return undefined;
  const same = new OverviewCamera(placed, room, before.place);
  if (old === undefined || isSameDrawing(old, placed)) return same;
  const kept = same.scaled(before.scale);
  // A smaller drawing fits as a whole, and one that nearly fits does so, too.
  if (kept.place.z < NEARLY_WHOLE) return kept.moved(WHOLE);
  const moved = movementOf(old, placed);
  return kept.at(before.view.x + moved.x, before.view.y + moved.y);
}

/** Each answer of the server is another object. */
function isSameDrawing(old: PlacedOverview, placed: PlacedOverview): boolean {
  if (old === placed) return true;
  if (old.width !== placed.width || old.height !== placed.height || old.boxes.length !== placed.boxes.length)
    return false;
  return old.boxes.every(({ nodeIndex }, i) => placed.boxes[i]!.nodeIndex === nodeIndex);
}

/** How far most boxes that both drawings have are from where they were: the median, so that a few pushed ones do not count. */
function movementOf(old: PlacedOverview, placed: PlacedOverview): { x: number; y: number } {
  const places = new Map(old.boxes.map((box) => [box.nodeIndex, box]));
  const both = placed.boxes.flatMap((box) => {
    const before = places.get(box.nodeIndex);
    return before === undefined ? [] : [{ x: box.x - before.x, y: box.y - before.y }];
  });
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  return { x: median(both.map(({ x }) => x)), y: median(both.map(({ y }) => y)) };
}
