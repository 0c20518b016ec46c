"use client";

import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Chips } from "#components/ui/chips.tsx";
import { labelText } from "#lib/display/shown-text.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { MapScene } from "#lib/pictures/map/map-camera.ts";
import { type GraphState, graphAddress } from "../graph-address.ts";
import { download } from "../overview/export-drawing.ts";
import { cameraOf, placeOf, writeCamera } from "./camera-address.ts";
import { MapBoard, type Pointed } from "./map-board.tsx";
import { moveGutter } from "./map-gutter.tsx";
import { pressMapKey } from "./map-input.ts";
import { MapLegend } from "./map-legend.tsx";
import { moveFrame } from "./map-minimap.tsx";
import { MapStatus } from "./map-status.tsx";
import { MapTree } from "./map-tree.tsx";
import type { MapView } from "./map-view.ts";
import { MapWords } from "./map-words.ts";
import { type LoadedMap, type MapHandlers, useKinds, useLoadedMap, useMapView } from "./use-map.ts";
import { useSelection } from "./use-selection.ts";

interface MapStageProps {
  /** URL of the map's routes. */
  readonly url: string;
  readonly unit: MeasureUnit;
  /** Of the file of the picture. */
  readonly name: string;
  /** The roots are not known: nodes to which nothing refers are taken for them. */
  readonly standIns: boolean;
  readonly state: GraphState;
  /** Index of the selected node. */
  readonly chosen: number | undefined;
  /** Heading, switch and search, around the status line. */
  readonly bar: ReactNode;
  readonly search: ReactNode;
  /** The selected node and what was found, if there is any. */
  readonly panel: ReactNode;
}

/** The map with everything that moves with it. Its selection and its camera are in the URL; a click changes the URL. */
export function MapStage({ url, unit, name, standIns, state, chosen, bar, search, panel }: MapStageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const gutter = useRef<HTMLOListElement>(null);
  const frame = useRef<SVGRectElement>(null);
  const handlers = useRef<MapHandlers>(undefined);
  const loaded = useLoadedMap(url);
  const { section, nodes } = loaded;
  const [pointed, setPointed] = useState<Pointed>();
  const [scene, setScene] = useState<MapScene>();
  const view = useMapView({ canvas, section, handlers, place: placeOf(state) });
  const kinds = useKinds(loaded);
  const byKind = state.colour === "kind" && kinds !== undefined;
  const { lit, selected, select } = useSelection({ section, nodes, view, chosen, side: state.side, page: state.page });
  // The table may follow a moment later: the lit picture must not wait for it.
  const selectedInTree = useDeferredValue(selected);
  const words = useMemo(
    () => (section === undefined || nodes === undefined ? undefined : new MapWords(section, nodes, unit)),
    [section, nodes, unit],
  );
  useEffect(() => view?.colourBy(byKind ? kinds : undefined), [view, kinds, byKind]);
  useEffect(() => {
    if (words !== undefined) view?.name(words);
  }, [view, words]);

  const act: MapHandlers = {
    onSelect: (position) => (section === undefined ? undefined : select(section.nodeAt[position]!)),
    onDeselect: () => (selected === undefined ? undefined : select(undefined)),
    onFind: () => document.querySelector<HTMLInputElement>("input[type=search]")?.focus(),
    onPoint: (position, box) => setPointed(box === undefined ? undefined : { position, box }),
    onFrame: (shown) => {
      if (gutter.current !== null) moveGutter(gutter.current, shown);
      if (frame.current !== null) moveFrame(frame.current, shown);
    },
    onRest: (shown) => {
      setScene(shown);
      writeCamera(shown, false);
    },
  };
  useEffect(() => {
    handlers.current = act;
  });
  const press = (event: KeyboardEvent) => {
    if (view === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressMapKey(view, event.key, act)) event.preventDefault();
  };
  const starter = starterName(loaded);
  const columns = panel === null ? "" : "lg:grid-cols-[minmax(0,1fr)_21.25rem]";
  return (
    <>
      <div className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2">
        {bar}
        {section === undefined ? null : <MapStatus {...{ section, nodes, unit, lit, scene, starter, standIns }} />}
        <div className="ml-auto">{search}</div>
      </div>
      <div className={`grid grid-cols-[minmax(0,1fr)] ${columns} lg:h-[calc(100dvh-9.4rem)]`}>
        <MapBoard
          {...{ canvas, gutter, frame, loaded, unit, view, words, scene, pointed, lit }}
          hasSheet={panel !== null}
          byKind={byKind}
          onKeyDown={press}
        />
        {panel === null ? null : (
          <div className="relative min-h-0 border-line max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:max-h-[42dvh] max-lg:rounded-t-xl max-lg:border-t max-lg:bg-raised max-lg:shadow-lg overflow-y-auto lg:border-l">
            {panel}
          </div>
        )}
      </div>
      <MapLegend
        unit={unit}
        suffix={words?.suffix ?? ""}
        zoom={scene?.camera.zoom ?? 1}
        kinds={byKind ? kinds.kinds : []}
        chips={kinds === undefined ? null : <ColourChips state={state} byKind={byKind} scene={scene} />}
        view={view}
        save={() => void savePicture(view, name)}
      />
      {section === undefined || nodes === undefined ? null : (
        <MapTree section={section} nodes={nodes} unit={unit} selected={selectedInTree} onSelect={select} />
      )}
    </>
  );
}

interface ColourChipsProps {
  readonly state: GraphState;
  readonly byKind: boolean;
  readonly scene: MapScene | undefined;
}

/** What colours mean. The view stays. */
function ColourChips({ state, byKind, scene }: ColourChipsProps) {
  const here = scene === undefined ? state : { ...state, ...cameraOf(scene) };
  return (
    <span className="flex items-center gap-1 text-[0.8125rem]">
      colour
      <Chips
        label="Colour"
        chips={[
          { key: "size", chosen: !byKind, label: "Stratum", href: graphAddress(here, { colour: "size" }) },
          { key: "kind", chosen: byKind, label: "Kind", href: graphAddress(here, { colour: "kind" }) },
        ]}
      />
    </span>
  );
}

async function savePicture(view: MapView | undefined, name: string): Promise<void> {
  if (view !== undefined) download(await view.toPng(), `${name.replaceAll(/[^\w.-]+/g, "-")}-map.png`);
}

/** The node whose references are the starts, if they are not the roots. */
function starterName({ section, nodes }: LoadedMap): string | undefined {
  const last = section?.above.at(-1);
  return last === undefined || nodes === undefined ? undefined : labelText(nodes.names[last]!, 24);
}
