import type { GraphElement } from "#lib/views/graph.ts";

/** Cytoscape's viewport: drawing × zoom + pan = pixels of the container. */
export interface Viewport {
  readonly zoom: number;
  readonly pan: { readonly x: number; readonly y: number };
}

export interface Room {
  readonly width: number;
  readonly height: number;
}

type Box = Pick<GraphElement, "x" | "y" | "width" | "height">;

const PADDING = 32;
/** The smallest zoom at which names are readable. */
const LEGIBLE = 0.8;
const NEAREST = 1.2;

/** Everything in view, centred. Computed from the boxes: the library would measure every label first, a third of a second. */
export function viewOfAll(boxes: readonly Box[], room: Room): Viewport {
  const { left, right, top, bottom } = extent(boxes);
  const across = (room.width - 2 * PADDING) / Math.max(1, right - left);
  const down = (room.height - 2 * PADDING) / Math.max(1, bottom - top);
  const zoom = Math.max(0.02, Math.min(NEAREST, across, down));
  return {
    zoom,
    pan: { x: room.width / 2 - (zoom * (left + right)) / 2, y: room.height / 2 - (zoom * (top + bottom)) / 2 },
  };
}

/**
 * The initial view: everything if names are readable then; else the left end, where the roots are, at a readable size
 * and centred on the largest box there.
 */
export function firstView(boxes: readonly Box[], room: Room): Viewport {
  const all = viewOfAll(boxes, room);
  if (all.zoom >= LEGIBLE) return all;
  const { left } = extent(boxes);
  const inView = boxes.filter(({ x }) => x < left + room.width / LEGIBLE);
  const middle = inView.reduce((largest, box) => (box.height > largest.height ? box : largest)).y;
  return { zoom: LEGIBLE, pan: { x: PADDING - left * LEGIBLE, y: room.height / 2 - middle * LEGIBLE } };
}

/** The visible part, in the drawing's units. */
interface Extent {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/**
 * Where to look after the drawing changed: `anew` if most of it is different, at the largest new box if none of the new ones
 * is in view, else `here`.
 */
export function nextView<Element extends Box & { readonly key: string }>(
  before: readonly Element[],
  after: readonly Element[],
  seen: Extent,
): "here" | "anew" | Element {
  const keysBefore = new Set(before.map(({ key }) => key));
  const fresh = after.filter(({ key }) => !keysBefore.has(key));
  const kept = after.length - fresh.length;
  if (kept < before.length / 2) return "anew";
  const isSeen = ({ x, y }: Box) => seen.x1 <= x && x <= seen.x2 && seen.y1 <= y && y <= seen.y2;
  if (fresh.length === 0 || fresh.some(isSeen)) return "here";
  return fresh.reduce((largest, box) => (box.height > largest.height ? box : largest));
}

/** The bounds of a drawing, in its own units. */
export function extent(boxes: readonly Box[]) {
  if (boxes.length === 0) return { left: 0, right: 0, top: 0, bottom: 0 };
  return {
    left: Math.min(...boxes.map(({ x, width }) => x - width / 2)),
    right: Math.max(...boxes.map(({ x, width }) => x + width / 2)),
    top: Math.min(...boxes.map(({ y, height }) => y - height / 2)),
    bottom: Math.max(...boxes.map(({ y, height }) => y + height / 2)),
  };
}
