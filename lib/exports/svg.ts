import { formatCounted, formatExactKnown } from "#lib/display/bytes.ts";
import type { Answer } from "#lib/model/answer.ts";
import { correlate } from "#lib/pictures/correlation/correlate.ts";
import { type CorrelationPicture, placeCorrelation, ROW } from "#lib/pictures/correlation/picture.ts";
import { DOTS, HATCH, type Pattern, type Shape, type ShapeGroup, type ShapeWindow } from "#lib/pictures/shapes.ts";
import { toReportFigures } from "./report-figures.ts";
import { toHtmlText } from "./to-html-text.ts";

export interface SvgOptions {
  /** The size to which the picture is stretched, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Converts a colour of the pages to one that the renderer supports. */
  readonly paint?: (css: string) => string;
}

type Paint = NonNullable<SvgOptions["paint"]>;

/** The correlation of stored and linked answers: columns in `order` with their middles at (i + ½)/n of the width. */
export function answerPicture(answer: Answer): CorrelationPicture {
  return placeCorrelation(correlate(answer), ROW);
}

/** The correlation of an answer's artifacts as SVG without text, which stretches to any width. */
export function toSvg(answer: Answer, { width, height, paint = (css) => css }: SvgOptions): string {
  const picture = answerPicture(answer);
  const view = `viewBox="0 0 ${picture.width} ${picture.height}" width="${width}" height="${height}"`;
  const defs = [HATCH, DOTS].map((pattern) => drawPattern(pattern, paint)).join("");
  const drawn = picture.groups.map((group) => drawGroup(group, paint)).join("");
  const look = `preserveAspectRatio="none" role="img" aria-label="${altText(answer, picture.columns.length)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${view} ${look}><defs>${defs}</defs>${drawn}</svg>`;
}

function altText(answer: Answer, columnCount: number): string {
  const figures = toReportFigures(answer).map((figure) => `${figure.label}: ${formatExactKnown(figure.bytes)}`);
  return toHtmlText(`${formatCounted(columnCount, "column")} of strata; ${figures.join(", ")}`);
}

function drawPattern({ id, size, turn = 0, shapes }: Pattern, paint: Paint): string {
  const place = `width="${size}" height="${size}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})"`;
  return `<pattern id="${id}" ${place}>${drawShapes(shapes, paint)}</pattern>`;
}

function drawGroup(group: ShapeGroup | ShapeWindow, paint: Paint): string {
  const drawn = drawShapes(group.shapes, paint);
  if (!("window" in group)) return drawn;
  const { x, y, width, height } = group.window;
  const box = `x="${x}" y="${y}" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}"`;
  return `<svg ${box} preserveAspectRatio="none" opacity="${group.opacity}">${drawn}</svg>`;
}

function drawShapes(shapes: readonly Shape[], paint: Paint): string {
  return shapes.map(({ tag, attributes }) => `<${tag}${drawAttributes(attributes, paint)}/>`).join("");
}

/** Attribute names in SVG: `strokeWidth` is `stroke-width`. Values are ours, not an image's. */
function drawAttributes(attributes: Shape["attributes"], paint: Paint): string {
  const pairs = Object.entries(attributes).map(([name, value]) => {
    const isColour = (name === "fill" || name === "stroke") && typeof value === "string" && !value.startsWith("url(");
    const spelled = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return ` ${spelled}="${isColour ? paint(value) : value}"`;
  });
  return pairs.join("");
}
