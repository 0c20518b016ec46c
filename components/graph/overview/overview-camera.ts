import type { CameraPlace } from "#lib/pictures/camera-place.ts";
import type { Area, PlacedOverview } from "#lib/pictures/overview/placed.ts";

const MAX_ZOOM = 12;
/** A small drawing keeps the size of its boxes; a large window enlarges it a little. */
const MAX_SCALE = 1.35;
/** Window pixels around an area that is shown. */
const MARGIN = 12;

/** The point is the one in the middle of the window. */
export const WHOLE: CameraPlace = { z: 1, x: 0.5, y: 0.5 };

type Size = Pick<Area, "width" | "height">;

/** A drawing in a window. */
export class OverviewCamera {
  readonly drawing: Size;
  readonly room: Size;
  readonly place: CameraPlace;

  constructor(drawing: Size, room: Size, place: CameraPlace) {
    this.drawing = drawing;
    this.room = room;
    const inside = (share: number) => Math.min(1, Math.max(0, share));
    this.place = { z: Math.min(MAX_ZOOM, Math.max(1, place.z)), x: inside(place.x), y: inside(place.y) };
  }

  /** Window pixels for each of the drawing's. */
  get scale(): number {
    const { drawing, room } = this;
    return Math.min(MAX_SCALE, room.width / drawing.width, room.height / drawing.height) * this.place.z;
  }

  /** The part of the drawing in the window. */
  get view(): Area {
    const width = this.room.width / this.scale;
    const height = this.room.height / this.scale;
    const { x, y } = this.place;
    return { x: x * this.drawing.width - width / 2, y: y * this.drawing.height - height / 2, width, height };
  }

  toPlace(): CameraPlace {
    return this.place;
  }

  /** Zooms around a point of the window. */
  zoomed(factor: number, x = this.room.width / 2, y = this.room.height / 2): OverviewCamera {
    if (this.place.z * factor <= 1) return this.moved(WHOLE);
    const before = this.toDrawing(x, y);
    const next = this.moved({ ...this.place, z: this.place.z * factor });
    const after = next.toDrawing(x, y);
    return next.#shifted(before.x - after.x, before.y - after.y);
  }

  /** With this point of the drawing at the upper left. */
  at(x: number, y: number): OverviewCamera {
    return this.#shifted(x - this.view.x, y - this.view.y);
  }

  /** Moves the drawing by pixels of the window. */
  panned(x: number, y: number): OverviewCamera {
    return this.#shifted(-x / this.scale, -y / this.scale);
  }

  /** The least movement that brings an area into the window. */
  showing(area: Area): OverviewCamera {
    const { x, y, width, height } = this.view;
    const margin = MARGIN / this.scale;
    const over = (low: number, high: number, start: number, end: number) =>
      low - margin < start ? low - margin - start : high + margin > end ? high + margin - end : 0;
    const shift = {
      x: over(area.x, area.x + area.width, x, x + width),
      y: over(area.y, area.y + area.height, y, y + height),
    };
    if (shift.x === 0 && shift.y === 0) return this;
    return this.#shifted(shift.x, shift.y);
  }

  /** The same at so many window pixels for each of the drawing's, as far as it may be zoomed, around the same point. */
  scaled(scale: number): OverviewCamera {
    return this.moved({ ...this.place, z: (this.place.z * scale) / this.scale });
  }

  /** The scale at which an area fills the window. */
  scaleOf({ width, height }: Size): number {
    return Math.min((this.room.width - 2 * MARGIN) / width, (this.room.height - 2 * MARGIN) / height);
  }

  toDrawing(x: number, y: number): { x: number; y: number } {
    const { view, scale } = this;
    return { x: view.x + x / scale, y: view.y + y / scale };
  }

  /** Window pixels of an area. */
  toWindow(area: Area): Area {
    const { view, scale } = this;
    return {
      x: (area.x - view.x) * scale,
      y: (area.y - view.y) * scale,
      width: area.width * scale,
      height: area.height * scale,
    };
  }

  moved(place: CameraPlace): OverviewCamera {
    return new OverviewCamera(this.drawing, this.room, place);
  }

  #shifted(x: number, y: number): OverviewCamera {
    const { place, drawing } = this;
    return this.moved({ ...place, x: place.x + x / drawing.width, y: place.y + y / drawing.height });
  }
}

export function viewBoxOf({ x, y, width, height }: Area): string {
  return [x, y, width, height].map((value) => Number(value.toFixed(3))).join(" ");
}

/** What is shown before the window is known. */
export function wholeViewBox({ width, height }: PlacedOverview): string {
  return `0 0 ${width} ${height}`;
}
