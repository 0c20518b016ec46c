import type { CameraPlace } from "../camera-place.ts";
import type { MapSection } from "./map-section.ts";

/** The part of a page that a map has, in CSS pixels. */
export interface MapRoom {
  readonly width: number;
  readonly height: number;
  /** Above each stratum: a line, or room for a heading. The same at every zoom. */
  readonly gap: number;
}

/** What is seen: the zoom (1: everything), and the pixels left of and above the room. */
export interface Camera {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const WHOLE: Camera = { zoom: 1, left: 0, top: 0 };
const MAX_ZOOM = 20_000;
/** The part of the room that a node fills when it is flown to. */
const FLIGHT_SHARE = 0.6;
/** Pixels of both sides of a node that is near enough to stay. */
const NEAR_ENOUGH = 28;

/** A section in a room, through a camera: where each node is on the screen. */
export class MapScene {
  readonly section: MapSection;
  readonly room: MapRoom;
  readonly camera: Camera;

  constructor(section: MapSection, room: MapRoom, camera: Camera) {
    this.section = section;
    this.room = room;
    this.camera = camera;
  }

  /** The same with the camera inside the map. */
  static clamped(section: MapSection, room: MapRoom, camera: Camera): MapScene {
    const zoom = Math.min(Math.max(1, camera.zoom), MAX_ZOOM);
    const scene = new MapScene(section, room, { ...camera, zoom });
    const left = clamp(camera.left, 0, room.width * (zoom - 1));
    const top = clamp(camera.top, 0, scene.contentHeight - room.height);
    return new MapScene(section, room, { zoom, left, top });
  }

  /** Pixels of all strata together, without gaps. */
  get #strataHeight(): number {
    const { height, gap } = this.room;
    return Math.max(1, height - gap * this.section.strata.length) * this.camera.zoom;
  }

  get contentHeight(): number {
    return this.#strataHeight + this.room.gap * this.section.strata.length;
  }

  boxOfStratum(index: number): Box {
    const { share, sharesAbove } = this.section.strata[index]!;
    const { left, top, zoom } = this.camera;
    const y = sharesAbove * this.#strataHeight + (index + 1) * this.room.gap - top;
    return { x: -left, y, width: this.room.width * zoom, height: share * this.#strataHeight };
  }

  boxOf(position: number): Box {
    const band = this.boxOfStratum(this.section.stratumAt[position]!);
    const { rectangles } = this.section;
    const [left, top] = [rectangles[4 * position]!, rectangles[4 * position + 1]!];
    return {
      x: band.x + left * band.width,
      y: band.y + top * band.height,
      width: (rectangles[4 * position + 2]! - left) * band.width,
      height: (rectangles[4 * position + 3]! - top) * band.height,
    };
  }

  /** The camera moved by pixels. */
  panned(x: number, y: number): MapScene {
    const { zoom, left, top } = this.camera;
    return MapScene.clamped(this.section, this.room, { zoom, left: left - x, top: top - y });
  }

  /** Zoomed, with what is at a point of the room staying there. */
  zoomed(factor: number, x: number, y: number): MapScene {
    const { section, room, camera } = this;
    const zoom = Math.min(Math.max(1, camera.zoom * factor), MAX_ZOOM);
    const index = this.#stratumNear(y);
    const band = this.boxOfStratum(index);
    const inBand = clamp((y - band.y) / band.height, 0, 1);
    const next = new MapScene(section, room, { zoom, left: 0, top: 0 });
    const after = next.boxOfStratum(index);
    const left = ((camera.left + x) * zoom) / camera.zoom - x;
    return MapScene.clamped(section, room, { zoom, left, top: after.y + inBand * after.height - y });
  }

  #stratumNear(y: number): number {
    const { strata } = this.section;
    const index = strata.findIndex((_, i) => {
      const band = this.boxOfStratum(i);
      return y < band.y + band.height + this.room.gap / 2;
    });
    return index < 0 ? strata.length - 1 : index;
  }

  /** A view with a node in it: moved, and zoomed only if it is too small to be seen, or `fill` is set. */
  flownTo(position: number, fill = false): MapScene {
    const { width, height } = this.room;
    const box = this.boxOf(position);
    const small = Math.min(box.width, box.height) < NEAR_ENOUGH;
    const filling = FLIGHT_SHARE * Math.min(width / box.width, height / box.height);
    const wanted = fill ? filling : small ? Math.min(filling, (2 * NEAR_ENOUGH) / Math.min(box.width, box.height)) : 1;
    const zoom = Math.min(Math.max(1, this.camera.zoom * wanted), MAX_ZOOM);
    const zoomed = new MapScene(this.section, this.room, { zoom, left: 0, top: 0 });
    const after = zoomed.boxOf(position);
    if (wanted === 1 && this.#shows(box)) return this;
    const [left, top] = [after.x + after.width / 2 - width / 2, after.y + after.height / 2 - height / 2];
    return MapScene.clamped(this.section, this.room, { zoom, left, top });
  }

  #shows({ x, y, width, height }: Box): boolean {
    const { room } = this;
    const [shownWidth, shownHeight] = [
      Math.min(x + width, room.width) - Math.max(0, x),
      Math.min(y + height, room.height) - Math.max(0, y),
    ];
    return shownWidth > Math.min(width, room.width) / 2 && shownHeight > Math.min(height, room.height) / 2;
  }

  /** The innermost node at a point whose both sides have at least so many pixels; −1 if there is none. */
  pick(x: number, y: number, minSide: number): number {
    const { strata } = this.section;
    for (let i = 0; i < strata.length; i++) {
      const band = this.boxOfStratum(i);
      if (y < band.y || y >= band.y + band.height || x < band.x || x >= band.x + band.width) continue;
      const { first, end } = strata[i]!;
      const [u, v] = [(x - band.x) / band.width, (y - band.y) / band.height];
      return this.#descend({ first, end, u, v, minWidth: minSide / band.width, minHeight: minSide / band.height });
    }
    return -1;
  }

  #descend({ first, end, u, v, minWidth, minHeight }: Descent): number {
    const { endOf, rectangles } = this.section;
    let found = -1;
    for (let at = first, last = end; at < last; ) {
      const [left, top, right, bottom] = rectangles.subarray(4 * at, 4 * at + 4);
      const inside = u >= left! && u < right! && v >= top! && v < bottom!;
      if (!inside) {
        at = endOf[at]!;
        continue;
      }
      if (right! - left! < minWidth || bottom! - top! < minHeight) return found;
      found = at;
      last = endOf[at]!;
      at++;
    }
    return found;
  }

  toPlace(): CameraPlace {
    const { zoom, left, top } = this.camera;
    return { z: zoom, x: left / (this.room.width * zoom), y: top / this.contentHeight };
  }

  static at(section: MapSection, room: MapRoom, { z, x, y }: CameraPlace): MapScene {
    const scene = new MapScene(section, room, { zoom: z, left: 0, top: 0 });
    const camera = { zoom: z, left: x * room.width * z, top: y * scene.contentHeight };
    return MapScene.clamped(section, room, camera);
  }
}

interface Descent {
  readonly first: number;
  readonly end: number;
  /** The point, and the smallest sides, as shares of the stratum. */
  readonly u: number;
  readonly v: number;
  readonly minWidth: number;
  readonly minHeight: number;
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}
