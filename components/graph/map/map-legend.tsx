import type { ReactNode } from "react";
import { KIND_LABELS, mapKindColour } from "#lib/display/colours.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { ZoomTools } from "../zoom-tools.tsx";
import type { MapView } from "./map-view.ts";

interface MapLegendProps {
  readonly unit: MeasureUnit;
  /** Left off the names, "" for none. */
  readonly suffix: string;
  readonly zoom: number;
  /** What colours mean; none if they mean strata. */
  readonly kinds: readonly ComponentKind[];
  /** The choice of what they mean. */
  readonly chips: ReactNode;
  readonly view: MapView | undefined;
  /** Saves what is in view as a picture. */
  readonly save: () => void;
}

/** What area, depth and shade mean; and the zoom. */
export function MapLegend({ unit, suffix, zoom, kinds, chips, view, save }: MapLegendProps) {
  const [kind] = kinds;
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-4 py-1.5 text-xs text-dim">
      <span className="text-ink">
        Area is {unit === "bytes" ? "bytes" : "the number of components"}. The deeper, the more roots need it; what a
        node needs is never above it.
      </span>
      <span className="flex items-center gap-2">
        <span aria-hidden className="inline-grid h-4 w-6 grid-rows-[6px_1fr] overflow-hidden rounded-[2px]">
          <span style={{ background: kind === undefined ? "var(--stratum-own-1)" : mapKindColour(kind, "own") }} />
          <span style={{ background: kind === undefined ? "var(--stratum-1)" : mapKindColour(kind, "fill") }} />
        </span>
        upper strip: a node’s own bytes; below it what it alone keeps
      </span>
      {chips}
      {kinds.map((each) => (
        <span key={each} className="flex items-center gap-1.5">
          <span aria-hidden className="kind-mark" style={{ background: mapKindColour(each, "own") }} />
          {KIND_LABELS[each]}
        </span>
      ))}
      {suffix === "" ? null : <span>“{suffix}” left out of names</span>}
      <span className="ml-auto flex items-center gap-2">
        <span>{zoom < 10 ? zoom.toFixed(1).replace(/\.0$/, "") : Math.round(zoom)} ×</span>
        <ZoomTools
          zoomOut={() => view?.zoomOut()}
          zoomIn={() => view?.zoomIn()}
          fit={() => view?.fit()}
          fitLabel="Show everything"
        />
        <button
          type="button"
          onClick={save}
          className="overview-tool"
          aria-label="Save as PNG"
          data-tip="Save what is in view as PNG"
        >
          PNG
        </button>
      </span>
    </div>
  );
}
