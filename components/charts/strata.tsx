import { layerColour, uniqueLayerColour } from "#lib/display/colours.ts";
import type { Stratum } from "#lib/model/column.ts";
import type { MergedStratum } from "#lib/pictures/merge-strata.ts";
import { placeStrata } from "#lib/pictures/strata.ts";
import { stratumShapes, stratumTitle } from "#lib/pictures/strata-shapes.ts";
import { ShapeGroups } from "./shapes.tsx";

interface StrataProps {
  /** Lowest first. */
  readonly strata: readonly MergedStratum[];
  readonly width: number;
  readonly height: number;
  readonly minimum: number;
  /** Strata react to the pointer: a tooltip, and their twins. */
  readonly live?: boolean;
  /** Bytes are those of downloads. */
  readonly isDownload?: boolean;
}

/** The strata of an image as SVG shapes: thickness by bytes, newest on top, wasted bytes hatched from the right. */
export function Strata({ strata, width, height, minimum, live = false, isDownload = false }: StrataProps) {
  const bands = placeStrata({ sizes: strata.map(({ bytes }) => bytes), height, minimum });
  const groups = strata.map((stratum, i) => {
    const { bytes, wastedSize, diffId } = stratum;
    const drawn = { bytes, wasted: wastedSize, colour: stratumColour(stratum) };
    const shapes = stratumShapes(drawn, bands[i]!, { x: 0, width, lowest: i === 0 });
    return live ? { shapes, twin: diffId, tip: stratumTitle(stratum, isDownload) } : { shapes };
  });
  return <ShapeGroups groups={groups} />;
}

type ColouredStratum = Pick<Stratum, "diffId" | "imageCount" | "position">;

export function stratumColour({ diffId, imageCount, position }: ColouredStratum): string {
  return imageCount > 1 ? layerColour(diffId) : uniqueLayerColour(position);
}
