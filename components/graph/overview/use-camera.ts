"use client";

import { useSearchParams } from "next/navigation";
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { type CameraPlace, ZOOM_STEP } from "#lib/pictures/camera-place.ts";
import type { Area, PlacedOverview } from "#lib/pictures/overview/placed.ts";
import { graphParameters } from "../graph-address.ts";
import { isElsewhere, placeOf, writeCamera } from "../map/camera-address.ts";
import { cameraAfter, showArea } from "./next-camera.ts";
import { OverviewCamera, WHOLE } from "./overview-camera.ts";
import { ShownView } from "./shown-view.ts";

/** How long a view rests before the address has it. */
const REST_MS = 300;
/** Pixels of one notch of a wheel, and of a line of those that count lines. */
const NOTCH = 100;
const LINE = 33;
/** Pixels that a pointer may move between press and release of a click. */
const CLICK_SLACK = 4;
const FLIGHT_MS = 240;

export interface CameraControl {
  /** As of the last rest: for what is drawn beside the drawing. */
  readonly camera: OverviewCamera | undefined;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly pan: (x: number, y: number) => void;
  /** Brings an area into the window: by moving, and if it is too large at a readable size, by zooming out. */
  readonly show: (area: Area) => void;
  /** Whether it has moved since the last rest. */
  readonly isMoving: () => boolean;
  readonly place: () => CameraPlace | undefined;
  /** Flies back to a place, unless the reader has moved the drawing since something was shown. */
  readonly restore: (place: CameraPlace) => void;
  readonly centre: (x: number, y: number) => void;
  /** Writes the view into the address now: another address follows. */
  readonly keep: () => void;
}

/** The camera of a drawing: pointer and wheel move it, the address has it. Frames change one attribute or style, and render nothing. */
export function useCamera(
  svg: RefObject<SVGSVGElement | null>,
  placed: PlacedOverview,
  onClick: (target: Element) => void,
): CameraControl {
  const now = useRef<OverviewCamera>(undefined);
  const shown = useRef(new ShownView());
  /** The drawing that the camera is of. */
  const seen = useRef<PlacedOverview>(undefined);
  const flight = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const moving = useRef(false);
  const touched = useRef(false);
  /** Where it flies, or flew last before it rests. */
  const goal = useRef<OverviewCamera>(undefined);
  const [camera, setCamera] = useState<OverviewCamera>();
  const parameters = useSearchParams();

  const rest = () => {
    moving.current = false;
    goal.current = undefined;
    setCamera(now.current);
    if (now.current === undefined) return;
    if (svg.current !== null) shown.current.settle(svg.current, now.current);
    writeCamera(now.current, false);
  };
  const set = (next: OverviewCamera) => {
    now.current = next;
    moving.current = true;
    if (svg.current !== null) shown.current.show(svg.current, next);
    clearTimeout(timer.current);
    timer.current = setTimeout(rest, REST_MS);
  };
  const move = (change: (camera: OverviewCamera) => OverviewCamera) => {
    cancelAnimationFrame(flight.current);
    goal.current = undefined;
    touched.current = true;
    if (now.current !== undefined) set(change(now.current));
  };
  const fly = (target: OverviewCamera) => {
    const from = now.current;
    goal.current = target;
    cancelAnimationFrame(flight.current);
    if (from === undefined || target === from) return;
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return set(target);
    const start = performance.now();
    const frame = (time: number) => {
      const share = Math.min(1, Math.max(0, (time - start) / FLIGHT_MS));
      const eased = 1 - (1 - share) ** 3;
      const mix = (a: number, b: number) => a + (b - a) * eased;
      const [a, b] = [from.place, target.place];
      set(target.moved({ z: mix(a.z, b.z), x: mix(a.x, b.x), y: mix(a.y, b.y) }));
      if (share < 1) flight.current = requestAnimationFrame(frame);
    };
    flight.current = requestAnimationFrame(frame);
  };

  // The window's size is known only here; a drawing that changes keeps what is seen of it.
  const measure = useEffectEvent(() => {
    const element = svg.current;
    const box = element?.getBoundingClientRect();
    if (element === null || box === undefined || box.width === 0) return;
    const asked = placeOf(graphParameters.parse(new URLSearchParams(window.location.search)));
    now.current =
      cameraAfter(now.current, seen.current, placed, box) ?? new OverviewCamera(placed, box, asked ?? WHOLE);
    const heading = cameraAfter(goal.current, seen.current, placed, box);
    seen.current = placed;
    shown.current.settle(element, now.current);
    setCamera(now.current);
    if (heading !== undefined) fly(heading);
  });
  const click = useEffectEvent(onClick);
  const listen = useEffectEvent((element: SVGSVGElement) => listenToPointer(element, move, (target) => click(target)));
  useEffect(() => {
    const element = svg.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => measure());
    observer.observe(element);
    const stop = listen(element);
    return () => {
      observer.disconnect();
      stop();
      clearTimeout(timer.current);
      cancelAnimationFrame(flight.current);
    };
  }, [svg]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another drawing is measured again.
  useEffect(() => measure(), [placed]);
  const restore = useEffectEvent((query: URLSearchParams) => {
    const place = placeOf(graphParameters.parse(query));
    if (now.current === undefined || place === undefined || !isElsewhere(now.current, place)) return;
    set(now.current.moved(place));
  });
  useEffect(() => restore(new URLSearchParams(parameters)), [parameters]);

  return {
    camera,
    zoom: (factor) => move((at) => at.zoomed(factor)),
    fit: () => {
      if (now.current !== undefined) fly(now.current.moved(WHOLE));
    },
    pan: (x, y) => move((at) => at.panned(x, y)),
    show: (area) => {
      // A panel may just have taken a part of the room.
      measure();
      touched.current = false;
      if (now.current !== undefined) fly(showArea(now.current, area, placed.font));
    },
    place: () => now.current?.place,
    restore: (place) => {
      if (now.current === undefined || touched.current) return;
      measure();
      fly(now.current.moved(place));
    },
    isMoving: () => moving.current,
    centre: (x, y) => move((at) => at.moved({ ...at.place, x, y })),
    keep: () => {
      if (now.current !== undefined) writeCamera(now.current, true);
    },
  };
}

/** One finger or button pans, two fingers and the wheel zoom; a press that hardly moves is a click. */
function listenToPointer(
  svg: SVGSVGElement,
  move: (change: (camera: OverviewCamera) => OverviewCamera) => void,
  onClick: (target: Element) => void,
): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  const at = ({ clientX, clientY }: MouseEvent) => {
    const box = svg.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };
  const drag = (event: PointerEvent, before: { x: number; y: number }) => {
    const point = at(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, point);
    travelled += Math.hypot(point.x - before.x, point.y - before.y);
    if (travelled <= CLICK_SLACK) return;
    if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    if (other === undefined) return move((camera) => camera.panned(point.x - before.x, point.y - before.y));
    const factor =
      Math.hypot(point.x - other.x, point.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y);
    if (Number.isFinite(factor) && factor > 0)
      move((camera) => camera.zoomed(factor, (point.x + other.x) / 2, (point.y + other.y) / 2));
  };
  svg.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      if (pointers.size === 0) travelled = 0;
      pointers.set(event.pointerId, at(event));
    },
    options,
  );
  svg.addEventListener(
    "pointermove",
    (event) => {
      const before = pointers.get(event.pointerId);
      if (before !== undefined) drag(event, before);
    },
    options,
  );
  svg.addEventListener(
    "pointerup",
    (event) => {
      if (pointers.delete(event.pointerId) && travelled <= CLICK_SLACK) onClick(event.target as Element);
    },
    options,
  );
  for (const name of ["pointercancel", "pointerleave"] as const)
    svg.addEventListener(name, ({ pointerId }) => pointers.delete(pointerId), options);
  svg.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY;
      const { x, y } = at(event);
      move((camera) => camera.zoomed(ZOOM_STEP ** (-pixels / NOTCH), x, y));
    },
    { ...options, passive: false },
  );
  return () => stop.abort();
}
