import type { KeyboardEvent, RefObject } from "react";
import { labelText } from "#lib/display/shown-text.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { Box, MapScene } from "#lib/pictures/map/map-camera.ts";
import type { Lit } from "./light-up.ts";
import { MapCard, reachText } from "./map-card.tsx";
import { MapChips } from "./map-chips.tsx";
import { MapGutter } from "./map-gutter.tsx";
import { MapMinimap } from "./map-minimap.tsx";
import type { MapView } from "./map-view.ts";
import type { MapWords } from "./map-words.ts";
import type { LoadedMap } from "./use-map.ts";

/** The node under the pointer or the cursor, and where it is in the room. */
export interface Pointed {
  readonly position: number;
  readonly box: Box;
}

interface MapBoardProps {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly gutter: RefObject<HTMLOListElement | null>;
  readonly frame: RefObject<SVGRectElement | null>;
  readonly loaded: LoadedMap;
  readonly unit: MeasureUnit;
  readonly view: MapView | undefined;
  readonly words: MapWords | undefined;
  readonly scene: MapScene | undefined;
  readonly pointed: Pointed | undefined;
  readonly lit: Lit | undefined;
  /** On a narrow page the panel is over the lower part: the map is in what is left. */
  readonly hasSheet: boolean;
  /** Colours do not mean strata. */
  readonly grey: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The drawing with what lies on it: the scale at its left, the card of a node, the neighbours outside. */
export function MapBoard(props: MapBoardProps) {
  const { canvas, gutter, frame, loaded, unit, view, words, scene, pointed, lit, hasSheet, grey, onKeyDown } = props;
  const { section, nodes, failure } = loaded;
  const zoomed = scene !== undefined && scene.camera.zoom > 1;
  const card = pointed !== undefined && pointed.position !== lit?.position && view !== undefined && nodes !== undefined;
  return (
    <div
      className={`relative overflow-hidden bg-ground sm:pl-37 lg:h-full lg:min-h-80 ${hasSheet ? "h-[42dvh] min-h-56" : "h-[68dvh] min-h-80"}`}
    >
      {section === undefined ? null : <MapGutter ref={gutter} section={section} unit={unit} grey={grey} />}
      {section !== undefined && zoomed ? (
        <MapMinimap section={section} scene={scene} grey={grey} frame={frame} onPick={(place) => view?.place(place)} />
      ) : null}
      <div className="relative size-full sm:pr-3">
        <div
          data-testid="map-canvas"
          data-ready={view !== undefined}
          data-named={view !== undefined && words !== undefined}
          role="application"
          aria-label="Map of the graph. Arrow keys move to the cell beside, Enter goes into a frame, Escape out of it, Space selects, plus and minus zoom, 0 shows everything. The table below lists the same nodes."
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application that takes keys must be reachable by keyboard
          tabIndex={0}
          onKeyDown={onKeyDown}
          className={`size-full -outline-offset-2 ${zoomed ? "touch-none" : "touch-pan-y"}`}
        >
          <canvas ref={canvas} className="size-full" />
        </div>
        <Notice failure={failure} loading={section === undefined} />
        {card && section !== undefined ? (
          <MapCard {...pointed} section={section} nodes={nodes} unit={unit} room={view.scene.room} />
        ) : null}
        {lit !== undefined && words !== undefined && scene !== undefined && view !== undefined ? (
          <MapChips lit={lit} words={words} scene={scene} onFly={(position) => view.flyTo(position)} />
        ) : null}
      </div>
      <p aria-live="polite" className="sr-only">
        {pointed === undefined || words === undefined || section === undefined
          ? ""
          : labelText(`${words.nameOf(pointed.position)}, ${reachText(section, pointed.position)}`)}
      </p>
    </div>
  );
}

function Notice({ failure, loading }: { failure: string | undefined; loading: boolean }) {
  if (failure !== undefined) {
    return (
      <p role="alert" className="absolute inset-0 grid place-items-center text-[0.8125rem] text-warn">
        {failure}
      </p>
    );
  }
  return loading ? (
    <p className="absolute inset-0 grid place-items-center text-[0.8125rem] text-dim">Drawing…</p>
  ) : null;
}
