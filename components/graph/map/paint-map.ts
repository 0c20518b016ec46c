import type { Box, MapScene } from "#lib/pictures/map/map-camera.ts";
import type { MapClasses } from "#lib/pictures/map/map-classes.ts";
import { LABEL_FONTS, type LabelFont, type LabelWords, placeMapLabels } from "#lib/pictures/map/place-map-labels.ts";
import { type CellVisitor, visitCells } from "#lib/pictures/map/visit-cells.ts";
import { type CellColours, type MapColours, OWN_STEPS } from "./map-colours.ts";

/** A part of a scene to paint: in pixels of the room, on a canvas with so many device pixels per pixel. */
export interface Painting {
  readonly scene: MapScene;
  readonly region: Box;
  readonly scale: number;
  readonly colours: MapColours;
  /** What the map is coloured by; `undefined`: by stratum. */
  readonly classes: MapClasses | undefined;
  /** By position, 1 for a lit node; `undefined` if nothing is selected. */
  readonly litAt: Uint8Array | undefined;
  /** The smallest sides of a cell of its own, in pixels; smaller ones are dots in the area they share. */
  readonly minSide: number;
}

/** Of a full picture. */
export const MIN_SIDE = 4;
/** Pixels of the shorter side from which merged nodes are dots; a smaller area has their mean colour, which is painted faster. */
const MIN_DOTTED = 10;
/** Pixels of a head that is as dark as it can be. */
const FULL_HEAD = 16;
/** Pixels of a tree's sides from which it has a wider border. */
const WIDE_BORDER = 40;
/** Pixels between the dots of merged nodes. */
const DOT_SPACE = 3;

/** Paints the cells of a region, each without its last pixels: the colour of borders is the ground. */
export function paintCells(context: CanvasRenderingContext2D, painting: Painting): void {
  const { scene, region, litAt, classes, minSide: side } = painting;
  const painter = new CellPainter(context, painting);
  visitCells(scene, { region, minWidth: side, minHeight: side, litAt, classes }, painter);
  painter.paintBorders();
}

/** Paints cells as they are visited. Edges are whole device pixels, so that neighbours neither overlap nor leave a gap. */
class CellPainter implements CellVisitor {
  readonly #context: CanvasRenderingContext2D;
  readonly #painting: Painting;
  readonly #palette: Palette;
  /** Device pixels of a border. */
  readonly #line: number;
  /** Edges of the trees with a wider border, four each. */
  readonly #trees: number[] = [];
  /** Whether there are areas of merged nodes: a cell on one needs a border of its own. */
  #merging = false;
  #style = "";

  constructor(context: CanvasRenderingContext2D, painting: Painting) {
    this.#context = context;
    this.#painting = painting;
    this.#palette = new Palette(painting);
    this.#line = Math.max(1, Math.floor(painting.scale));
    this.#fill(painting.colours.ground, 0, 0, context.canvas.width, context.canvas.height);
  }

  cell(position: number, left: number, top: number, right: number, bottom: number, head: number): void {
    const { scene, colours, litAt } = this.#painting;
    const { endOf, parentAt } = scene.section;
    const { fill, own, unlit, unlitOwn } = this.#palette.of(position);
    const [x0, y0, x1, y1] = [this.#toX(left), this.#toY(top), this.#toX(right), this.#toY(bottom)];
    const lit = litAt === undefined || litAt[position] === 1;
    const line = this.#line;
    if (this.#merging) this.#fill(colours.ground, x0, y0, x1, y1);
    if (endOf[position]! - position === 1) {
      this.#fill(lit ? fill : unlit, x0, y0, x1 - line, y1 - line);
      return;
    }
    const step = Math.min(OWN_STEPS - 1, Math.floor(((head - top) / FULL_HEAD) * OWN_STEPS));
    const y = Math.max(y0, this.#toY(head));
    if (y - line > y0) this.#fill(lit ? own[step]! : unlitOwn, x0, y0, x1 - line, y - line);
    const wide = parentAt[position] === -1 && Math.min(right - left, bottom - top) >= WIDE_BORDER;
    if (wide) this.#trees.push(x0, y0, x1, y1);
  }

  merged(stratum: number, left: number, top: number, right: number, bottom: number, lit: boolean, main: number): void {
    const { fill, own, unlit, unlitOwn } = this.#palette.ofMerged(stratum, main);
    const [x0, y0, x1, y1] = [this.#toX(left), this.#toY(top), this.#toX(right), this.#toY(bottom)];
    this.#merging = true;
    const dotted = Math.min(right - left, bottom - top) >= MIN_DOTTED;
    this.#fill(lit ? (dotted ? fill : own[0]!) : unlit, x0, y0, x1 - this.#line, y1 - this.#line);
    if (!dotted) return;
    this.#context.fillStyle = dots(this.#context, lit ? own[OWN_STEPS >> 1]! : unlitOwn, this.#painting.scale);
    this.#style = "";
    this.#context.fillRect(x0, y0, x1 - this.#line - x0, y1 - this.#line - y0);
  }

  /** At the right and the lower edge of large trees, on top of what is in them. */
  paintBorders(): void {
    const { ground } = this.#painting.colours;
    for (let i = 0; i < this.#trees.length; i += 4) {
      const [x0, y0, x1, y1] = this.#trees.slice(i, i + 4) as [number, number, number, number];
      this.#fill(ground, x1 - 2 * this.#line, y0, x1, y1);
      this.#fill(ground, x0, y1 - 2 * this.#line, x1, y1);
    }
  }

  #toX(x: number): number {
    return Math.round((x - this.#painting.region.x) * this.#painting.scale);
  }

  #toY(y: number): number {
    return Math.round((y - this.#painting.region.y) * this.#painting.scale);
  }

  /** Setting a style takes longer than painting a small rectangle: set only if it changes. */
  #fill(colour: string, left: number, top: number, right: number, bottom: number): void {
    if (colour !== this.#style) {
      this.#context.fillStyle = colour;
      this.#style = colour;
    }
    this.#context.fillRect(left, top, right - left, bottom - top);
  }
}

/** The colours of cells: those of their strata, or of their classes. */
class Palette {
  /** By stratum, or by index of a class. */
  readonly #colours: readonly CellColours[];
  readonly #indexAt: Uint8Array;
  readonly #byClass: boolean;

  constructor({ scene, colours, classes }: Pick<Painting, "scene" | "colours" | "classes">) {
    const { strata, stratumAt } = scene.section;
    this.#byClass = classes !== undefined;
    this.#indexAt = classes?.classAt ?? stratumAt;
    this.#colours =
      classes?.classes.map((each) => colours.classes.get(each)!) ?? strata.map(({ colour }) => colours.strata[colour]!);
  }

  of(position: number): CellColours {
    return this.#colours[this.#indexAt[position]!]!;
  }

  ofMerged(stratum: number, main: number): CellColours {
    return this.#colours[this.#byClass ? main : stratum]!;
  }
}

const patterns = new Map<string, CanvasPattern | string>();

/** Dots on a transparent ground. */
function dots(context: CanvasRenderingContext2D, colour: string, scale: number): CanvasPattern | string {
  const key = `${colour} ${scale}`;
  let pattern = patterns.get(key);
  if (pattern === undefined) {
    const tile = document.createElement("canvas");
    const dot = Math.max(1, Math.floor(scale));
    tile.width = tile.height = DOT_SPACE * dot;
    const brush = tile.getContext("2d");
    if (brush !== null) brush.fillStyle = colour;
    brush?.fillRect(dot, dot, dot, dot);
    pattern = context.createPattern(tile, "repeat") ?? colour;
    patterns.set(key, pattern);
  }
  return pattern;
}

/** Paints the names of a region. A halo of the cell's colour keeps borders out of the letters. */
export function paintLabels(context: CanvasRenderingContext2D, painting: Painting, words: LabelWords): void {
  const { scene, region, scale, colours, litAt } = painting;
  const palette = new Palette(painting);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(scale, 0, 0, scale, -region.x * scale, -region.y * scale);
  context.lineJoin = "round";
  context.lineWidth = 3;
  for (const { position, font, text, x, y, own } of placeMapLabels(scene, { region, words, litAt })) {
    const { fill, own: owns, text: ink } = palette.of(position);
    context.font = fontText(font, colours.font);
    context.strokeStyle = own ? owns.at(-1)! : fill;
    context.strokeText(text, x, y);
    context.fillStyle = ink;
    context.fillText(text, x, y);
  }
}

export function fontText(font: LabelFont, family: string): string {
  const { size, weight } = LABEL_FONTS[font];
  return `${weight} ${size}px ${family}`;
}
