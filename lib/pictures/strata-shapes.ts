import { formatBytes } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { Stratum } from "#lib/model/column.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import type { MergedStratum } from "./merge-strata.ts";
import { roundPixels as round, type Shape, shape } from "./shapes.ts";
import type { Band } from "./strata.ts";

export interface DrawnStratum {
  readonly bytes: number;
  /** The part of them that no container sees: hatched from the right. */
  readonly wasted: number;
  readonly colour: string;
}

/** Narrower waste is not drawn. */
const MIN_HATCH = 0.5;
const MAX_COMMAND = 90;

/** One stratum of a column of this `width`; [] if it has no height. `lowest`: without an edge below it. */
export function stratumShapes(
  { bytes, wasted, colour }: DrawnStratum,
  { top, height }: Band,
  { x, width, lowest }: { readonly x: number; readonly width: number; readonly lowest: boolean },
): Shape[] {
  if (height === 0) return [];
  const hidden = (width * wasted) / bytes;
  const [right, bottom] = [x + width, round(top + height)];
  const box = { y: round(top), height: round(height) };
  const shapes = [shape("rect", { x, ...box, width, fill: colour })];
  if (hidden >= MIN_HATCH)
    shapes.push(shape("rect", { x: round(right - hidden), ...box, width: round(hidden), fill: "url(#hatch)" }));
  const edge = { x1: x, x2: right, y1: bottom, y2: bottom, stroke: "var(--ground)" };
  if (!lowest)
    shapes.push(shape("line", { ...edge, strokeWidth: height > 3 ? 1 : 0.5, vectorEffect: "non-scaling-stroke" }));
  return shapes;
}

type TitledStratum = Omit<MergedStratum, "diffId" | "imageCount"> & Partial<Pick<Stratum, "imageCount">>;

/** The tooltip of a layer: its position, its bytes and, after a dot, the command that made it. */
export function stratumTitle(stratum: TitledStratum, isDownload = false): string {
  const { position, upTo, bytes, wastedSize, createdBy, imageCount = 1 } = stratum;
  const layers = upTo === undefined ? `Layer ${position}` : `Layers ${position} to ${upTo}`;
  const parts = [`${layers}: ${formatBytes(bytes)}${isDownload ? " to download" : ""}`];
  if (wastedSize > 0) parts.push(`${formatBytes(wastedSize)} wasted`);
  if (imageCount > 1) parts.push(`in ${imageCount} images`);
  const made = labelText(tidyCreatedBy(createdBy));
  const command = made.length > MAX_COMMAND ? `${made.slice(0, MAX_COMMAND - 1)}…` : made;
  return `${parts.join(", ")}${command === "" ? "" : ` · ${command}`}`;
}
