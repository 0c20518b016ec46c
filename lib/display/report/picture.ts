import type { Answer } from "#lib/model/answer.ts";
import { formatCounted, formatExactBytes } from "../bytes.ts";
import { type PictureColumn, type PictureStratum, toPictureColumns } from "./picture-columns.ts";
import { figureName, toReportFigures } from "./report-figures.ts";
import { toHtmlText } from "./to-html-text.ts";

export interface PictureShape {
  /** Pixels. Every artifact has the same part of the width, and its column stands in the middle of it. */
  readonly width: number;
  readonly height: number;
  /** Makes a colour of the pages one that the renderer knows. */
  readonly paint?: (css: string) => string;
}

/** How much of its part of the width a column takes; bands run through the rest. */
const COLUMN_SHARE = 0.58;
/** How strongly a band shows that passes behind columns which have no part in it. */
const BEHIND = 0.4;
/** A stratum thinner than this is not drawn, in pixels: nobody would see it. */
const LEAST_HEIGHT = 0.1;

/** A stratum in its place: pixels from the top and from the left. */
interface Place extends PictureStratum {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

interface Drawing {
  /** From the left of one column to that of the next. */
  readonly step: number;
  readonly columnWidth: number;
  readonly paint: (css: string) => string;
}

/**
 * The correlation of an answer's artifacts as SVG text that stretches to any width and holds no words: columns of strata,
 * thickness by bytes, newest on top. A band leads from a layer to the next column that has it: filled where everything
 * under it is equal too, outlined where it stands on other layers. Names belong under the columns, at (i + ½)/n.
 */
export function toPicture(answer: Answer, { width, height, paint = (css) => css }: PictureShape): string {
  const columns = toPictureColumns(answer);
  const scale = height / Math.max(1, ...columns.map(sumOf));
  const step = width / columns.length;
  const columnWidth = round(step * COLUMN_SHARE);
  const places = columns.map((column, i) =>
    toPlaces(column, round(step * i + (step - columnWidth) / 2), height, scale),
  );
  const drawing = { step, columnWidth, paint };
  const drawn = [drawHatch(paint), drawBands(places, drawing), ...places.map((each) => drawColumn(each, drawing))];
  const view = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" preserveAspectRatio="none"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${view} role="img" aria-label="${toAltText(answer)}">${drawn.join("")}</svg>`;
}

function toAltText(answer: Answer): string {
  const figures = toReportFigures(answer).map((figure) => `${figureName(figure)}: ${formatExactBytes(figure.bytes)}`);
  return toHtmlText(`${formatCounted(answer.artifacts.length, "column")} of strata; ${figures.join(", ")}`);
}

function sumOf(column: PictureColumn): number {
  return column.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The strata of a column from the bottom up. */
function toPlaces(column: PictureColumn, x: number, height: number, scale: number): Place[] {
  let y = height;
  const places = column.map((stratum) => {
    const bottom = round(y);
    y -= stratum.bytes * scale;
    return { ...stratum, x, top: round(y), bottom };
  });
  return places.filter(({ top, bottom }) => bottom - top >= LEAST_HEIGHT);
}

function drawHatch(paint: Drawing["paint"]): string {
  const line = `<rect width="1.4" height="5" fill="${paint("var(--hatch)")}"/>`;
  const size = 'width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"';
  return `<defs><pattern id="waste" ${size}>${line}</pattern></defs>`;
}

function drawColumn(places: readonly Place[], { columnWidth, paint }: Drawing): string {
  const ground = paint("var(--ground)");
  const strata = places.map(({ x, top, bottom, bytes, wasted, colour }) => {
    const box = (left: number, width: number) =>
      `x="${round(left)}" y="${top}" width="${round(width)}" height="${round(bottom - top)}"`;
    const rock = `<rect ${box(x, columnWidth)} fill="${paint(colour)}" stroke="${ground}" stroke-width="0.75"/>`;
    const hidden = bytes === 0 ? 0 : (columnWidth * wasted) / bytes;
    return hidden < 0.5 ? rock : `${rock}<rect ${box(x + columnWidth - hidden, hidden)} fill="url(#waste)"/>`;
  });
  return strata.join("");
}

/** Bands are drawn before the columns, so that one over a column that lacks the layer passes behind it. */
function drawBands(columns: readonly (readonly Place[])[], drawing: Drawing): string {
  const last = new Map<string, Place>();
  const bands: string[] = [];
  for (const places of columns) {
    for (const to of places) {
      const from = last.get(to.key);
      if (from !== undefined && from.x !== to.x) bands.push(drawBand(from, to, drawing));
    }
    for (const place of places) last.set(place.key, place);
  }
  return bands.join("");
}

function drawBand(from: Place, to: Place, { step, columnWidth, paint }: Drawing): string {
  const left = round(from.x + columnWidth);
  const corners = [`${left},${from.top}`, `${to.x},${to.top}`, `${to.x},${to.bottom}`, `${left},${from.bottom}`];
  const dashes = `fill-opacity="0.12" stroke="${paint("var(--ink-dim)")}" stroke-width="0.75" stroke-dasharray="4 3"`;
  const look = from.place === to.place ? 'fill-opacity="0.5"' : dashes;
  const behind = to.x - from.x > 1.5 * step ? ` opacity="${BEHIND}"` : "";
  return `<polygon points="${corners.join(" ")}" fill="${paint(to.colour)}" ${look}${behind}/>`;
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
