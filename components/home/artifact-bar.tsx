import { AxisBar } from "#components/charts/axis-bar.tsx";
import { uniqueLayerColour } from "#lib/display/colours.ts";
import { layerBackgrounds } from "#lib/display/layer-backgrounds.ts";
import type { Column } from "#lib/model/column.ts";
import type { BarAxis } from "#lib/pictures/bar-axis.ts";
import { type MergedStratum, mergeSmallest } from "#lib/pictures/merge-strata.ts";
import { stratumTitle } from "#lib/pictures/strata-shapes.ts";

/** Maximum layers drawn in one bar. */
const MAX_STRATA = 40;

export type BarLooks = ReadonlyMap<string, string>;

/** The backgrounds of the layers that these bars draw. */
export function barLooks(columns: readonly Column[]): BarLooks {
  const drawn = columns.map((column) => (column.kind === "image" ? mergeSmallest(column.strata, MAX_STRATA) : []));
  return layerBackgrounds(
    drawn.map((strata) =>
      strata.filter(({ bytes, imageCount }) => bytes > 0 && imageCount > 1).map(({ diffId }) => diffId),
    ),
  );
}

/** An artifact's column as a horizontal bar: base on the left, width by bytes. */
export function ArtifactBar({ column, axis, looks }: { column: Column; axis: BarAxis; looks: BarLooks }) {
  if (column.kind === "sbom") return null;
  return (
    <AxisBar bytes={column.bytes} axis={axis} className="block h-3.5">
      {column.kind === "closure" ? (
        <span className="closure-bar w-full" />
      ) : (
        mergeSmallest(column.strata, MAX_STRATA).map((stratum) => (
          <Layer key={stratum.position} stratum={stratum} isHollow={column.manifestOnly} looks={looks} />
        ))
      )}
    </AxisBar>
  );
}

function Layer({ stratum, isHollow, looks }: { stratum: MergedStratum; isHollow: boolean; looks: BarLooks }) {
  const { bytes, wastedSize, diffId } = stratum;
  if (bytes === 0) return null;
  const colour = (stratum.imageCount > 1 ? looks.get(diffId) : undefined) ?? uniqueLayerColour(stratum.position);
  if (isHollow) {
    return (
      <span
        className="min-w-px border border-r-0 border-dashed border-dim last:border-r"
        style={{
          flexGrow: bytes,
          flexBasis: 0,
          background: `linear-gradient(color-mix(in srgb, var(--ground) 75%, transparent) 0 0), ${colour}`,
        }}
        data-twin={diffId}
        data-tip={stratumTitle(stratum, true)}
      />
    );
  }
  return (
    <span
      className="flex min-w-px justify-end border-r border-ground last:border-r-0"
      style={{ flexGrow: bytes, flexBasis: 0, background: colour }}
      data-twin={diffId}
      data-tip={stratumTitle(stratum)}
    >
      {wastedSize === 0 ? null : <span className="hatched" style={{ width: `${(100 * wastedSize) / bytes}%` }} />}
    </span>
  );
}

/** The axis labels above the bars. */
export function BarScale({ axis, format }: { axis: BarAxis; format: (bytes: number) => string }) {
  return (
    <span className="relative block h-4 font-normal">
      {[0, ...axis.marks].map((mark) => (
        <span
          key={mark}
          className={`absolute whitespace-nowrap ${mark === 0 ? "" : mark === axis.end ? "-translate-x-full" : "-translate-x-1/2"}`}
          style={{ left: `${(100 * mark) / axis.end}%` }}
        >
          {mark === 0 ? "0" : format(mark)}
        </span>
      ))}
    </span>
  );
}

const LEGEND = [
  { look: "bg-(--rock-1)", text: "a layer that other images have too, in the same colour and lines there" },
  { look: "bg-(--rock-unique-alternate)", text: "only in this image" },
  { look: "hatched bg-(--rock-unique)", text: "hidden: a later layer deletes or replaces it" },
  { look: "closure-bar", text: "a closure" },
];
const HOLLOW = { look: "border border-dashed border-dim", text: "known by its manifest alone: bytes to download" };

/** The legend of the bars. */
export function BarLegend({ isCut, hasHollow }: { isCut: boolean; hasHollow: boolean }) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-xs text-dim">
      {[...LEGEND, ...(hasHollow ? [HOLLOW] : [])].map(({ look, text }) => (
        <li key={text} className="flex items-center gap-2">
          <span aria-hidden className={`size-2.5 shrink-0 rounded-[2px] ${look}`} />
          {text}
        </li>
      ))}
      {isCut ? <li>⁄⁄ longer than the axis; its number is exact</li> : null}
    </ul>
  );
}
