import { ZOOM_STEP } from "#lib/pictures/camera-place.ts";
import { type Direction, neighbourCell } from "#lib/pictures/map/neighbour-cell.ts";
import type { MapView } from "./map-view.ts";

/** What a person may do on a map that changes more than the view. */
export interface MapActions {
  readonly onSelect: (position: number) => void;
  readonly onDeselect: () => void;
  readonly onFind: () => void;
}

/** Pixels that a pointer may move between press and release of a click. */
const CLICK_SLACK = 4;
/** Pixels of one notch of a wheel. */
const NOTCH = 100;
/** Pixels of a line, for wheels that count lines. */
const LINE = 33;

/** Listens to pointer and wheel; returns what ends it. One finger or button pans, two fingers and the wheel zoom. */
export function listenToPointer(canvas: HTMLElement, view: MapView, actions: MapActions): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  const at = (event: MouseEvent) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const drag = (event: PointerEvent, before: { x: number; y: number }) => {
    const now = at(event);
    view.point(-1);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (other === undefined) return view.pan(now.x - before.x, now.y - before.y);
    const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y);
    if (Number.isFinite(factor) && factor > 0) view.zoom(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
  };
  canvas.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      if (pointers.size === 0) travelled = 0;
      pointers.set(event.pointerId, at(event));
      canvas.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  canvas.addEventListener(
    "pointermove",
    (event) => {
      const before = pointers.get(event.pointerId);
      if (before !== undefined) return drag(event, before);
      if (event.pointerType === "mouse") view.point(view.pick(at(event).x, at(event).y));
    },
    { signal },
  );
  canvas.addEventListener(
    "pointerup",
    (event) => {
      if (!pointers.delete(event.pointerId) || travelled > CLICK_SLACK) return;
      const position = view.pick(at(event).x, at(event).y);
      if (position < 0) actions.onDeselect();
      else actions.onSelect(position);
    },
    { signal },
  );
  canvas.addEventListener("pointercancel", (event) => pointers.delete(event.pointerId), { signal });
  canvas.addEventListener("pointerleave", () => view.point(-1), { signal });
  canvas.addEventListener(
    "dblclick",
    (event) => {
      const position = view.pick(at(event).x, at(event).y);
      if (position >= 0) view.flyTo(position, true);
    },
    { signal },
  );
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      view.point(-1);
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY;
      view.zoom(ZOOM_STEP ** (-pixels / NOTCH), at(event).x, at(event).y);
    },
    { signal, passive: false },
  );
  return () => stop.abort();
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** Acts on a key; whether it did. Arrows: the cell beside. Enter: into a frame. Space: select. Escape: close, or out of a frame. */
export function pressMapKey(view: MapView, key: string, actions: MapActions): boolean {
  const { section } = view.scene;
  const at = view.pointed >= 0 ? view.pointed : view.selected;
  const direction = ARROWS[key];
  if (direction !== undefined) return moveTo(view, at < 0 ? 0 : neighbourCell(view.scene, at, direction));
  if (key === "Enter") return enter(view, at, actions);
  if (key === " " && at >= 0) actions.onSelect(at);
  else if (key === "Escape" && view.selected >= 0) actions.onDeselect();
  else if (key === "Escape" && at >= 0) leave(view, section.parentAt[at]!);
  else if (key === "+" || key === "=") view.zoomIn();
  else if (key === "-") view.zoomOut();
  else if (key === "0") view.fit();
  else if (key === "/") actions.onFind();
  else return false;
  return true;
}

function moveTo(view: MapView, position: number): true {
  if (position < 0) return true;
  view.point(position);
  view.flyTo(position);
  return true;
}

/** Into a frame: its largest node, with the frame as large as the room allows. A node without any is selected. */
function enter(view: MapView, at: number, actions: MapActions): true {
  const { endOf } = view.scene.section;
  if (at < 0) return moveTo(view, 0);
  if (endOf[at]! - at === 1) {
    actions.onSelect(at);
    return true;
  }
  view.point(at + 1);
  view.flyTo(at, true);
  return true;
}

/** Out of a frame: the frame itself; above the outermost, nothing. */
function leave(view: MapView, frame: number): void {
  view.point(frame);
  if (frame < 0) view.fit();
  else view.flyTo(frame, true);
}
