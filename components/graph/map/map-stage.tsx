"use client";

import { useRouter, useSearchParams } from "next/navigation";
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from "react";
import { labelText } from "#lib/display/shown-text.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { LitGraph } from "#lib/pictures/map/lit-sets.ts";
import type { Box, MapScene } from "#lib/pictures/map/map-camera.ts";
import { type GraphState, graphAddress, graphParameters } from "../graph-address.ts";
import { type Lit, lightUp } from "./light-up.ts";
import { MapCard, reachText } from "./map-card.tsx";
import { MapGutter, moveGutter } from "./map-gutter.tsx";
import { type MapActions, pressMapKey } from "./map-input.ts";
import { MapLegend } from "./map-legend.tsx";
import { MapStatus } from "./map-status.tsx";
import { MapTree } from "./map-tree.tsx";
import { MapWords } from "./map-words.ts";
import { useLoadedMap, useMapView } from "./use-map.ts";

interface MapStageProps {
  /** URL of the map's routes. */
  readonly url: string;
  readonly unit: MeasureUnit;
  readonly state: GraphState;
  /** Index of the selected node. */
  readonly chosen: number | undefined;
  /** Heading, switch and search, around the status line. */
  readonly bar: ReactNode;
  readonly search: ReactNode;
  /** The selected node and what was found, if there is any. */
  readonly panel: ReactNode;
}

interface Pointed {
  readonly position: number;
  readonly box: Box;
}

/** The map with everything that moves with it. Its selection and its camera are in the URL; a click changes the URL. */
export function MapStage({ url, unit, state, chosen, bar, search, panel }: MapStageProps) {
  const board = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const gutter = useRef<HTMLOListElement>(null);
  const router = useRouter();
  const { section, nodes, failure } = useLoadedMap(url);
  const [pointed, setPointed] = useState<Pointed>();
  const [scene, setScene] = useState<MapScene>();
  const [lit, setLit] = useState<Lit>();
  const selected = lit === undefined ? chosen : lit.node;
  const words = useMemo(
    () => (section === undefined || nodes === undefined ? undefined : new MapWords(section, nodes, unit)),
    [section, nodes, unit],
  );
  const litGraph = useMemo(() => (nodes === undefined ? undefined : new LitGraph(nodes)), [nodes]);

  // The picture first: rendering the page and asking for the panel take longer than lighting a set.
  const show = (node: number | undefined) => {
    if (section === undefined) return;
    const next = lightUp(section, litGraph, node);
    view?.select(next.position, next.litAt, next.neighbours);
    setLit(next);
  };
  const go = (node: number | undefined) => {
    show(node);
    writeCamera(view?.scene, true);
    const address = graphAddress(currentState(state.page), { node: node === undefined ? undefined : `${node}`, q: "" });
    requestAnimationFrame(() => router.push(address, { scroll: false }));
  };
  const latestGo = useRef(go);
  useEffect(() => {
    latestGo.current = go;
  });
  const selectInTree = useCallback((node: number) => latestGo.current(node), []);
  // The table may follow a moment later: the lit picture must not wait for it.
  const selectedInTree = useDeferredValue(selected);
  const actions: MapActions = {
    onSelect: (position) => go(section!.nodeAt[position]!),
    onDeselect: () => (selected === undefined ? undefined : go(undefined)),
    onFind: () => document.querySelector<HTMLInputElement>("input[type=search]")?.focus(),
  };
  const place = state.z === undefined ? undefined : { z: state.z, x: state.x ?? 0, y: state.y ?? 0 };
  const view = useMapView({
    canvas,
    section,
    actions,
    place,
    events: {
      onFrame: (shown) => (gutter.current === null ? undefined : moveGutter(gutter.current, shown)),
      onRest: (shown) => {
        setScene(shown);
        writeCamera(shown, false);
      },
      onPoint: (position, box) => setPointed(box === undefined ? undefined : { position, box }),
    },
  });

  useEffect(() => {
    if (words !== undefined) view?.name(words);
  }, [view, words]);
  const bringIntoView = (node: number | undefined) => {
    if (node === undefined || section === undefined || currentState(state.page).z !== undefined) return;
    view?.flyTo(section.positionOf[node]!);
  };
  // The edges arrive after the first picture.
  const relight = useEffectEvent(() => {
    show(selected);
    bringIntoView(selected);
  });
  useEffect(() => {
    if (view !== undefined && litGraph !== undefined) relight();
  }, [view, litGraph]);
  // A selection from elsewhere: a link, the search, the back button. One's own click is in view already.
  const follow = useEffectEvent((node: number | undefined) => {
    if (node === selected) return;
    show(node);
    bringIntoView(node);
  });
  useEffect(() => follow(chosen), [chosen]);
  const parameters = useSearchParams();
  const restore = useEffectEvent((query: URLSearchParams) => {
    const { x = 0, y = 0, z } = graphParameters.parse(query);
    if (view === undefined || z === undefined || isAt(view.scene, { x, y, z })) return;
    view.place({ x, y, z });
  });
  useEffect(() => restore(new URLSearchParams(parameters)), [parameters]);

  const press = (event: KeyboardEvent) => {
    if (
      view !== undefined &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey &&
      pressMapKey(view, event.key, actions)
    )
      event.preventDefault();
  };
  const starter = nodes === undefined || section === undefined ? undefined : starterName(section.above, nodes.names);
  return (
    <>
      <div className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2">
        {bar}
        {section === undefined ? null : (
          <MapStatus section={section} nodes={nodes} unit={unit} lit={lit} scene={scene} starter={starter} />
        )}
        <div className="ml-auto">{search}</div>
      </div>
      <div
        className={`grid grid-cols-[minmax(0,1fr)] ${panel === null ? "" : "lg:grid-cols-[minmax(0,1fr)_21.25rem]"} lg:h-[calc(100dvh-9.4rem)]`}
      >
        <div className="relative h-[68dvh] min-h-80 overflow-hidden bg-ground sm:pl-37 lg:h-full">
          {section === undefined ? null : <MapGutter ref={gutter} section={section} unit={unit} />}
          <div className="relative size-full sm:pr-3">
            <div
              ref={board}
              data-testid="map-canvas"
              data-ready={view !== undefined}
              data-named={view !== undefined && words !== undefined}
              role="application"
              aria-label="Map of the graph. Arrow keys move to the cell beside, Enter goes into a frame, Escape out of it, Space selects, plus and minus zoom, 0 shows everything. The table below lists the same nodes."
              // biome-ignore lint/a11y/noNoninteractiveTabindex: an application that takes keys must be reachable by keyboard
              tabIndex={0}
              onKeyDown={press}
              className={`size-full -outline-offset-2 ${scene !== undefined && scene.camera.zoom > 1 ? "touch-none" : "touch-pan-y"}`}
            >
              <canvas ref={canvas} className="size-full" />
            </div>
            {failure === undefined ? null : (
              <p role="alert" className="absolute inset-0 grid place-items-center text-[0.8125rem] text-warn">
                {failure}
              </p>
            )}
            {section === undefined && failure === undefined ? (
              <p className="absolute inset-0 grid place-items-center text-[0.8125rem] text-dim">Drawing…</p>
            ) : null}
            {pointed === undefined ||
            pointed.position === lit?.position ||
            section === undefined ||
            nodes === undefined ||
            view === undefined ? null : (
              <MapCard {...pointed} section={section} nodes={nodes} unit={unit} room={view.scene.room} />
            )}
          </div>
          <p aria-live="polite" className="sr-only">
            {pointed === undefined || words === undefined || section === undefined
              ? ""
              : labelText(`${words.nameOf(pointed.position)}, ${reachText(section, pointed.position)}`)}
          </p>
        </div>
        {panel === null ? null : (
          <div className="relative min-h-0 border-line lg:overflow-y-auto lg:border-l">{panel}</div>
        )}
      </div>
      <MapLegend unit={unit} suffix={words?.suffix ?? ""} zoom={scene?.camera.zoom ?? 1} view={view} />
      {section === undefined || nodes === undefined ? null : (
        <MapTree section={section} nodes={nodes} unit={unit} selected={selectedInTree} onSelect={selectInTree} />
      )}
    </>
  );
}

/** The state in the address bar: the camera may have moved since the server saw it. */
function currentState(page: string): GraphState {
  return { ...graphParameters.parse(new URLSearchParams(window.location.search)), page };
}

/**
 * Writes the camera into the address bar, without a request and without a step for the back button. A map that shows everything
 * needs no camera, unless another address follows: back at this one, it must show everything again.
 */
function writeCamera(scene: MapScene | undefined, always: boolean): void {
  if (scene === undefined) return;
  const { z, x, y } = scene.toPlace();
  const state = currentState(window.location.pathname);
  if (z === 1 && !always && state.z === undefined) return;
  const address = graphAddress(state, z === 1 ? { z, x: undefined, y: undefined } : { z, x, y });
  if (address !== window.location.pathname + window.location.search) window.history.replaceState(null, "", address);
}

function isAt(scene: MapScene, place: { readonly x: number; readonly y: number; readonly z: number }): boolean {
  const now = scene.toPlace();
  return (["x", "y", "z"] as const).every((name) => Math.abs(now[name] - place[name]) < 2e-6 * Math.max(1, place.z));
}

/** The node whose references are the starts. */
function starterName(above: Int32Array, names: readonly string[]): string | undefined {
  const last = above.at(-1);
  return last === undefined ? undefined : labelText(names[last]!, 24);
}
