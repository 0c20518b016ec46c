import type { Box, MapScene } from "#lib/pictures/map/map-camera.ts";
import { LABEL_FONTS, type LabelFont, type LabelWords, placeMapLabels } from "#lib/pictures/map/place-map-labels.ts";
import { visitCells } from "#lib/pictures/map/visit-cells.ts";
import { type MapColours, OWN_STEPS } from "./map-colours.ts";

/** A part of a scene to paint: in pixels of the room, on a canvas with so many device pixels per pixel. */
export interface Painting {
  readonly scene: MapScene;
  readonly region: Box;
  readonly scale: number;
  readonly colours: MapColours;
  /** By position, 1 for a lit node; `undefined` if nothing is selected. */
  readonly litAt: Uint8Array | undefined;
  /** Larger cells only: a first picture, which a full one follows. */
  readonly draft: boolean;
}

/** The smallest sides of a cell of its own, in pixels; smaller ones are dots in the area they share. */
const MIN_SIDE = 4;
const MIN_DRAFT_SIDE = 8;
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
  const { scene, region, scale, colours, litAt } = painting;
  const { strata, stratumAt, endOf, parentAt } = scene.section;
  const toX = (x: number) => Math.round((x - region.x) * scale);
  const toY = (y: number) => Math.round((y - region.y) * scale);
  const minSide = painting.draft ? MIN_DRAFT_SIDE : MIN_SIDE;
  const line = Math.max(1, Math.floor(scale));
  const borders: number[] = [];
  let style = "";
  const fill = (colour: string, left: number, top: number, right: number, bottom: number) => {
    if (colour !== style) {
      context.fillStyle = colour;
      style = colour;
    }
    context.fillRect(left, top, right - left, bottom - top);
  };
  fill(colours.ground, 0, 0, context.canvas.width, context.canvas.height);
  visitCells(
    scene,
    { region, minWidth: minSide, minHeight: minSide, litAt },
    {
      cell(position, left, top, right, bottom, head) {
        const { fill: plain, own, unlit, unlitOwn } = colours.strata[strata[stratumAt[position]!]!.colour]!;
        const [x0, y0, x1, y1] = [toX(left), toY(top), toX(right), toY(bottom)];
        const lit = litAt === undefined || litAt[position] === 1;
        const frame = endOf[position]! - position > 1;
        if (frame) {
          const step = Math.min(OWN_STEPS - 1, Math.floor(((head - top) / FULL_HEAD) * OWN_STEPS));
          const y = Math.max(y0, toY(head));
          if (y - line > y0) fill(lit ? own[step]! : unlitOwn, x0, y0, x1 - line, y - line);
          if (parentAt[position] === -1 && Math.min(right - left, bottom - top) >= WIDE_BORDER)
            borders.push(x0, y0, x1, y1);
        } else {
          fill(lit ? plain : unlit, x0, y0, x1 - line, y1 - line);
        }
      },
      merged(stratum, left, top, right, bottom, lit) {
        const { fill: plain, own, unlit, unlitOwn } = colours.strata[strata[stratum]!.colour]!;
        const [x0, y0, x1, y1] = [toX(left), toY(top), toX(right), toY(bottom)];
        if (Math.min(right - left, bottom - top) < MIN_DOTTED) {
          fill(lit ? own[0]! : unlit, x0, y0, x1 - line, y1 - line);
          return;
        }
        fill(lit ? plain : unlit, x0, y0, x1 - line, y1 - line);
        context.fillStyle = dots(context, lit ? own[OWN_STEPS >> 1]! : unlitOwn, scale);
        style = "";
        context.fillRect(x0, y0, x1 - line - x0, y1 - line - y0);
      },
    },
  );
  for (let i = 0; i < borders.length; i += 4) {
    const [x0, y0, x1, y1] = borders.slice(i, i + 4) as [number, number, number, number];
    fill(colours.ground, x1 - 2 * line, y0, x1, y1);
    fill(colours.ground, x0, y1 - 2 * line, x1, y1);
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
  const { strata, stratumAt } = scene.section;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(scale, 0, 0, scale, -region.x * scale, -region.y * scale);
  context.lineJoin = "round";
  context.lineWidth = 3;
  for (const { position, font, text, x, y, own } of placeMapLabels(scene, { region, words, litAt })) {
    const { fill, own: owns, text: ink } = colours.strata[strata[stratumAt[position]!]!.colour]!;
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
