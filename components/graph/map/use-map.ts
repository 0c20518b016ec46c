"use client";

import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import type { AnyMapNodes } from "#lib/model/map-nodes.ts";
import type { CameraPlace } from "#lib/pictures/camera-place.ts";
import type { MapRoom } from "#lib/pictures/map/map-camera.ts";
import type { MapSection } from "#lib/pictures/map/map-section.ts";
import { loadMapNodes, loadMapSection, type MapUrls } from "./load-map.ts";
import { NARROW_GAP, WIDE_GAP } from "./map-gutter.tsx";
import { listenToPointer, type MapActions } from "./map-input.ts";
import { type MapEvents, MapView } from "./map-view.ts";
import { WIDE_WINDOW } from "./window-shape.ts";

export interface LoadedMap {
  readonly section: MapSection | undefined;
  readonly nodes: AnyMapNodes | undefined;
  /** Why it could not be loaded. */
  readonly failure: string | undefined;
}

/** Loads a map: first the places of its nodes, then what is known of each. */
export function useLoadedMap({ wide, tall, nodes: nodesUrl }: MapUrls): LoadedMap {
  const [loaded, setLoaded] = useState<LoadedMap>({ section: undefined, nodes: undefined, failure: undefined });
  useEffect(() => {
    let gone = false;
    const add = (part: Partial<LoadedMap>) => {
      if (!gone) setLoaded((before) => ({ ...before, ...part }));
    };
    const fail = (error: unknown) => add({ failure: error instanceof Error ? error.message : `${error}` });
    const places = window.matchMedia(WIDE_WINDOW).matches ? wide : tall;
    loadMapSection(places).then((section) => add({ section }), fail);
    loadMapNodes(nodesUrl).then((nodes) => add({ nodes }), fail);
    return () => {
      gone = true;
    };
  }, [wide, tall, nodesUrl]);
  return loaded;
}

/** What a map tells the page. */
export interface MapHandlers extends MapActions, MapEvents {}

interface DrawnMap {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly section: MapSection | undefined;
  /** Those of the last render. */
  readonly handlers: RefObject<MapHandlers | undefined>;
  /** The view of the address, if it has one. */
  readonly place: CameraPlace | undefined;
}

/** The view of a map: created once, resized with its canvas, recoloured with the theme, closed with the page. */
export function useMapView({ canvas, section, handlers, place }: DrawnMap): MapView | undefined {
  const [view, setView] = useState<MapView>();
  const open = useEffectEvent((element: HTMLCanvasElement, loaded: MapSection) => {
    const events: MapEvents = {
      onFrame: (scene) => handlers.current?.onFrame(scene),
      onRest: (scene) => handlers.current?.onRest(scene),
      onPoint: (position, box) => handlers.current?.onPoint(position, box),
    };
    return new MapView(element, loaded, { room: roomOf(element), place, events });
  });
  useEffect(() => {
    const element = canvas.current;
    if (element === null || section === undefined) return;
    const opened = open(element, section);
    const stop = listenToPointer(element, opened, {
      onSelect: (position) => handlers.current?.onSelect(position),
      onDeselect: () => handlers.current?.onDeselect(),
      onFind: () => handlers.current?.onFind(),
    });
    const theme = new MutationObserver(() => opened.recolour());
    theme.observe(document.documentElement, { attributeFilter: ["class"] });
    const size = new ResizeObserver(() => {
      const room = roomOf(element);
      if (room.width !== opened.scene.room.width || room.height !== opened.scene.room.height) opened.resize(room);
    });
    size.observe(element);
    setView(opened);
    return () => {
      stop();
      theme.disconnect();
      size.disconnect();
      opened.close();
      setView(undefined);
    };
  }, [canvas, section, handlers]);
  return view;
}

function roomOf({ clientWidth, clientHeight }: HTMLElement): MapRoom {
  const wide = window.matchMedia("(min-width: 40rem)").matches;
  return { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight), gap: wide ? WIDE_GAP : NARROW_GAP };
}
