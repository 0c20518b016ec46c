import { formatBytes } from "#lib/display/bytes.ts";
import { layerColour, uniqueLayerColour } from "#lib/display/colours.ts";
import { tidyCreatedBy } from "#lib/display/created-by.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { Stratum } from "#lib/views/column.ts";
import type { MergedStratum } from "./merge-strata.ts";
import { layStrata } from "./strata-geometry.ts";

interface StrataProps {
  /** Lowest first. */
  readonly strata: readonly MergedStratum[];
  readonly width: number;
  readonly height: number;
  readonly minimum?: number;
  /** Strata answer to the pointer: a tooltip and their twins. */
  readonly live?: boolean;
}

/** The strata of an image as SVG shapes, thickness by bytes, newest on top, wasted bytes hatched from the right. */
export function Strata({ strata, width, height, minimum = 1, live = false }: StrataProps) {
  const bands = layStrata({ sizes: strata.map(({ contentSize }) => contentSize), height, minimum });
  return strata.map((stratum, i) => {
    const band = bands[i]!;
    if (band.height === 0) return null;
    const hidden = (width * stratum.wastedSize) / stratum.contentSize;
    const twin = live ? { "data-twin": stratum.diffId, "data-tip": stratumTitle(stratum) } : {};
    return (
      <g key={stratum.position} {...twin}>
        <rect y={band.top} width={width} height={band.height} fill={stratumColour(stratum)} />
        {hidden >= 0.5 ? (
          <rect x={width - hidden} y={band.top} width={hidden} height={band.height} fill="url(#hatch)" />
        ) : null}
        {i > 0 ? (
          <line
            x2={width}
            y1={band.top + band.height}
            y2={band.top + band.height}
            stroke="var(--ground)"
            strokeWidth={band.height > 3 ? 1 : 0.5}
          />
        ) : null}
      </g>
    );
  });
}

export function stratumColour({ diffId, imageCount, position }: Stratum): string {
  return imageCount > 1 ? layerColour(diffId) : uniqueLayerColour(position);
}

function stratumTitle({ position, upTo, contentSize, wastedSize, createdBy, imageCount }: MergedStratum): string {
  const layers = upTo === undefined ? `Layer ${position}` : `Layers ${position} to ${upTo}`;
  const parts = [`${layers}: ${formatBytes(contentSize)}`];
  if (wastedSize > 0) parts.push(`${formatBytes(wastedSize)} wasted`);
  if (imageCount > 1) parts.push(`in ${imageCount} images`);
  const made = labelText(tidyCreatedBy(createdBy));
  return `${parts.join(", ")}${made === "" ? "" : ` · ${made.length > 90 ? `${made.slice(0, 89)}…` : made}`}`;
}

/** Patterns that every picture shares; rendered once a page. */
export function Patterns() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.4" height="5" fill="var(--hatch)" />
        </pattern>
      </defs>
    </svg>
  );
}
