"use client";

import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Chips } from "#components/ui/chips.tsx";
import { labelText } from "#lib/display/shown-text.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { MapScene } from "#lib/pictures/map/map-camera.ts";
import { type GraphState, graphAddress } from "../graph-address.ts";
import { download } from "../overview/export-drawing.ts";
import { PanelSplitter } from "../panel-splitter.tsx";
import { usePanelStyle } from "../panel-width.ts";
import { cameraOf, placeOf, writeCamera } from "./camera-address.ts";
import type { MapUrls } from "./load-map.ts";
import { MapBoard, type Pointed } from "./map-board.tsx";
import { type Colouring, useColourings } from "./map-colouring.ts";
import { moveGutter } from "./map-gutter.tsx";
import { pressMapKey } from "./map-input.ts";
import { MapLegend } from "./map-legend.tsx";
import { moveFrame } from "./map-minimap.tsx";
import { MapStatus } from "./map-status.tsx";
import { MapTree } from "./map-tree.tsx";
import type { MapView } from "./map-view.ts";
import { MapWords } from "./map-words.ts";
import { type LoadedMap, type MapHandlers, useLoadedMap, useMapView } from "./use-map.ts";
import { useSelection } from "./use-selection.ts";

const PANEL_ID = "map-panel";

interface MapStageProps {
  readonly urls: MapUrls;
  readonly unit: MeasureUnit;
  /** Of the file of the picture. */
  readonly name: string;
  /** What the area of a node of two artifacts is. */
  readonly area?: string | undefined;
  /** The roots are not known: nodes to which nothing refers are taken for them. */
  readonly standIns: boolean;
  /** What is drawn, of two artifacts. */
  readonly told?: ReactNode;
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
export function MapStage(props: MapStageProps) {
  const { urls, unit, name, area, told, standIns, state, chosen, bar, search, panel } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const gutter = useRef<HTMLOListElement>(null);
  const frame = useRef<SVGRectElement>(null);
  const handlers = useRef<MapHandlers>(undefined);
  const loaded = useLoadedMap(urls);
  const { section, nodes } = loaded;
  const [pointed, setPointed] = useState<Pointed>();
  const [scene, setScene] = useState<MapScene>();
  const view = useMapView({ canvas, section, handlers, place: placeOf(state) });
  const colourings = useColourings(loaded);
  const chosenColouring = colourings.find(({ colour }) => colour === state.colour) ?? colourings[0]!;
  const { classes } = chosenColouring;
  const { lit, selected, select } = useSelection({ section, nodes, view, chosen, side: state.side, page: state.page });
  // The table may follow a moment later: the lit picture must not wait for it.
  const selectedInTree = useDeferredValue(selected);
  const words = useMemo(
    () => (section === undefined || nodes === undefined ? undefined : new MapWords(section, nodes, unit)),
    [section, nodes, unit],
  );
  useEffect(() => view?.colourBy(classes), [view, classes]);
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
  const columns = panel === null ? "" : "lg:grid-cols-[minmax(0,1fr)_var(--panel)]";
  const panelStyle = usePanelStyle();
  return (
    <>
      <div className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2">
        {bar}
        {section === undefined ? null : (
          <MapStatus {...{ section, nodes, unit, lit, scene, starter, standIns, told }} />
        )}
        <div className="ml-auto">{search}</div>
      </div>
      <div
        style={panelStyle}
        className={`relative grid grid-cols-[minmax(0,1fr)] ${columns} lg:h-[calc(100dvh-9.4rem)]`}
      >
        <MapBoard
          {...{ canvas, gutter, frame, loaded, unit, view, words, scene, pointed, lit }}
          hasSheet={panel !== null}
          grey={classes !== undefined}
          onKeyDown={press}
        />
        {panel === null ? null : <PanelSplitter controls={PANEL_ID} className="max-lg:hidden" />}
        {panel === null ? null : (
          <div
            id={PANEL_ID}
            className="relative min-h-0 border-line max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:max-h-[42dvh] max-lg:rounded-t-xl max-lg:border-t max-lg:bg-raised max-lg:shadow-lg overflow-y-auto lg:border-l"
          >
            {panel}
          </div>
        )}
      </div>
      <MapLegend
        unit={unit}
        suffix={words?.suffix ?? ""}
        zoom={scene?.camera.zoom ?? 1}
        classes={classes}
        area={area}
        chips={
          colourings.length < 2 ? null : (
            <ColourChips state={state} colourings={colourings} chosen={chosenColouring} scene={scene} />
          )
        }
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
  readonly colourings: readonly Colouring[];
  readonly chosen: Colouring;
  readonly scene: MapScene | undefined;
}

/** What colours mean. The view stays. */
function ColourChips({ state, colourings, chosen, scene }: ColourChipsProps) {
  const here = scene === undefined ? state : { ...state, ...cameraOf(scene) };
  return (
    <span className="flex items-center gap-1 text-[0.8125rem]">
      colour
      <Chips
        label="Colour"
        chips={colourings.map((each) => ({
          ...{ key: each.label, chosen: each === chosen, label: each.label },
          href: graphAddress(here, { colour: each.colour }),
        }))}
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
