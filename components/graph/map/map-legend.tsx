import type { ReactNode } from "react";
import { formatCount } from "#lib/display/bytes.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { MapClasses } from "#lib/pictures/map/map-classes.ts";
import { ZoomTools } from "../zoom-tools.tsx";
import { type ClassLook, classLook } from "./map-colouring.ts";
import type { MapView } from "./map-view.ts";

interface MapLegendProps {
  readonly unit: MeasureUnit;
  /** Left off the names, "" for none. */
  readonly suffix: string;
  readonly zoom: number;
  /** What colours mean; `undefined` if they mean strata. */
  readonly classes: MapClasses | undefined;
  /** What the area of a node of two artifacts is; of one its bytes, or one for each component. */
  readonly area?: string | undefined;
  /** The choice of what they mean. */
  readonly chips: ReactNode;
  readonly view: MapView | undefined;
  /** Saves what is in view as a picture. */
  readonly save: () => void;
}

/** What area, depth and shade mean; and the zoom. */
export function MapLegend({ unit, suffix, zoom, classes, area, chips, view, save }: MapLegendProps) {
  const [first] = (classes?.classes ?? []).map(classLook);
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-4 py-1.5 text-xs text-dim">
      {area === undefined || classes === undefined ? null : <ClassList classes={classes} />}
      <span className="text-ink">
        Area is {area ?? (unit === "bytes" ? "bytes" : "the number of components")}. The deeper, the more roots need it
        {area === undefined ? "; what a node needs is never above it." : "."}
      </span>
      {area === undefined ? <OwnStrip first={first} /> : null}
      {chips}
      {area !== undefined || classes === undefined ? null : <ClassList classes={classes} />}
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

/** What the upper part of a frame means. */
function OwnStrip({ first }: { first: ClassLook | undefined }) {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className="inline-grid h-4 w-6 grid-rows-[6px_1fr] overflow-hidden rounded-[2px]">
        <span style={{ background: first?.own ?? "var(--stratum-own-1)" }} />
        <span style={{ background: first?.fill ?? "var(--stratum-1)" }} />
      </span>
      upper strip: a node’s own bytes; below it what it alone keeps
    </span>
  );
}

/** A colour each, with the sign that names have on the map, and how many nodes have it. */
function ClassList({ classes }: { classes: MapClasses }) {
  return classes.classes.map((each, i) => {
    const { label, sign, own, fill, text } = classLook(each);
    return (
      <span key={each} className="flex items-center gap-1.5">
        {sign === undefined ? (
          <span aria-hidden className="kind-mark" style={{ background: own }} />
        ) : (
          <span aria-hidden className="side-mark" style={{ background: fill, color: text }}>
            {sign}
          </span>
        )}
        {label} <span className="text-ink">{formatCount(classes.counts[i]!)}</span>
      </span>
    );
  });
}
