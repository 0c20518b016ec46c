import type { Box, MapScene } from "./map-camera.ts";
import type { MapClasses } from "./map-classes.ts";

/** What a walk over a map meets, from the outside in. Edges in pixels of the room: left, top, right, bottom. */
export interface CellVisitor {
  /** A node that is large enough. `head`: the bottom of the part that is its own; a frame has more below it. */
  cell(position: number, left: number, top: number, right: number, bottom: number, head: number): void;
  /**
   * The area of the nodes under one (−1: of a stratum) that are too small, before those that are not. `lit`: one of them is.
   * `mainClass`: the one that most of their area has, an index into the walk's classes; −1 without these.
   */
  merged?(
    stratum: number,
    left: number,
    top: number,
    right: number,
    bottom: number,
    lit: boolean,
    mainClass: number,
  ): void;
}

export interface CellWalk {
  /** Only what touches it. */
  readonly region: Box;
  /** Pixels of the smallest sides that are drawn. */
  readonly minWidth: number;
  readonly minHeight: number;
  /** By position, 1 for a lit node; `undefined` if all are. */
  readonly litAt?: Uint8Array | undefined;
  /** Only if merged nodes are to have a class. */
  readonly classes?: MapClasses | undefined;
}

/** Visits the nodes of a scene that can be seen. Numbers, not objects: at 100,000 nodes this is what a picture costs. */
export function visitCells(scene: MapScene, walk: CellWalk, visitor: CellVisitor): void {
  const { strata } = scene.section;
  for (let i = 0; i < strata.length; i++) {
    const band = scene.boxOfStratum(i);
    if (touches(walk.region, band.x, band.y, band.x + band.width, band.y + band.height)) {
      new StratumWalk(scene, walk, visitor, i).visit();
    }
  }
}

class StratumWalk {
  readonly #scene: MapScene;
  readonly #walk: CellWalk;
  readonly #visitor: CellVisitor;
  readonly #index: number;
  readonly #band: Box;

  constructor(scene: MapScene, walk: CellWalk, visitor: CellVisitor, index: number) {
    this.#scene = scene;
    this.#walk = walk;
    this.#visitor = visitor;
    this.#index = index;
    this.#band = scene.boxOfStratum(index);
  }

  visit(): void {
    const { section } = this.#scene;
    const { rectangles, endOf, ownShare } = section;
    const { x, y, width, height } = this.#band;
    const { region, minWidth, minHeight } = this.#walk;
    const { first, end } = section.strata[this.#index]!;
    this.#findMerged(first, end);
    for (let at = first; at < end; ) {
      const left = x + rectangles[4 * at]! * width;
      const top = y + rectangles[4 * at + 1]! * height;
      const right = x + rectangles[4 * at + 2]! * width;
      const bottom = y + rectangles[4 * at + 3]! * height;
      if (right - left < minWidth || bottom - top < minHeight || !touches(region, left, top, right, bottom)) {
        at = endOf[at]!;
        continue;
      }
      this.#visitor.cell(at, left, top, right, bottom, top + (bottom - top) * ownShare[at]!);
      if (endOf[at]! - at > 1) this.#findMerged(at + 1, endOf[at]!);
      at++;
    }
  }

  /** Emits the areas of the siblings that are too small: one for each run of them that is beside the next. */
  #findMerged(first: number, end: number): void {
    if (this.#visitor.merged === undefined) return;
    const { rectangles, endOf } = this.#scene.section;
    const { x, y, width, height } = this.#band;
    const { region, litAt, classes, minWidth, minHeight } = this.#walk;
    const [minShareX, minShareY] = [minWidth / width, minHeight / height];
    // The region in shares of the stratum: most siblings are left out by a comparison or two.
    const [fromX, fromY] = [(region.x - x) / width, (region.y - y) / height];
    const [toX, toY] = [fromX + region.width / width, fromY + region.height / height];
    let merged = new Merged(litAt === undefined);
    // The right edge of the siblings so far: the next band of a stratum begins there.
    let edge = 0;
    for (let at = first; at < end; at = endOf[at]!) {
      const l = rectangles[4 * at]!;
      const t = rectangles[4 * at + 1]!;
      const r = rectangles[4 * at + 2]!;
      const b = rectangles[4 * at + 3]!;
      if (l >= edge) {
        this.#emit(merged);
        merged = new Merged(litAt === undefined);
      }
      if (r > edge) edge = r;
      if (r - l >= minShareX && b - t >= minShareY) continue;
      // Also of those outside the region: the colour must not change with what is in view.
      if (classes !== undefined) merged.addClasses(classes, at, endOf[at]!);
      if (r <= fromX || b <= fromY || l >= toX || t >= toY) continue;
      merged.add(l, t, r, b, litAt?.[at] === 1);
    }
    this.#emit(merged);
  }

  #emit(merged: Merged): void {
    const { left, top, right, bottom, lit } = merged;
    if (right <= left) return;
    const { x, y, width, height } = this.#band;
    const [fromX, fromY] = [x + left * width, y + top * height];
    this.#visitor.merged?.(this.#index, fromX, fromY, x + right * width, y + bottom * height, lit, merged.mainClass());
  }
}

/** The area around some rectangles. */
class Merged {
  left = 1;
  top = 1;
  right = 0;
  bottom = 0;
  lit: boolean;
  /** By class. */
  #areas: Float64Array | undefined;

  constructor(lit: boolean) {
    this.lit = lit;
  }

  add(left: number, top: number, right: number, bottom: number, lit: boolean): void {
    if (left < this.left) this.left = left;
    if (top < this.top) this.top = top;
    if (right > this.right) this.right = right;
    if (bottom > this.bottom) this.bottom = bottom;
    if (lit) this.lit = true;
  }

  addClasses(classes: MapClasses, first: number, end: number): void {
    this.#areas ??= new Float64Array(classes.classes.length);
    classes.addAreas(this.#areas, first, end);
  }

  /** The class with the largest area, the first of equal ones. */
  mainClass(): number {
    return this.#areas === undefined ? -1 : this.#areas.indexOf(Math.max(...this.#areas));
  }
}

function touches({ x, y, width, height }: Box, left: number, top: number, right: number, bottom: number): boolean {
  return right > x && bottom > y && left < x + width && top < y + height;
}
