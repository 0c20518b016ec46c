import { ZOOM_STEP } from "#lib/pictures/camera-place.ts";
import type { PlacedOverview } from "#lib/pictures/overview/placed.ts";
import { boxKey, groupKey } from "./lit-set.ts";

/** What keys do in a drawing that has the focus. */
export interface OverviewActions {
  readonly step: (arrow: string) => void;
  /** Opens what the focus is on. */
  readonly act: () => void;
  readonly look: (view: "focus" | "map") => void;
  readonly leave: () => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
}

const KEYS: Readonly<Record<string, (actions: OverviewActions) => void>> = {
  Enter: ({ act }) => act(),
  " ": ({ act }) => act(),
  Escape: ({ leave }) => leave(),
  "+": ({ zoom }) => zoom(ZOOM_STEP),
  "=": ({ zoom }) => zoom(ZOOM_STEP),
  "-": ({ zoom }) => zoom(1 / ZOOM_STEP),
  "0": (actions) => actions.fit(),
  f: ({ look }) => look("focus"),
  m: ({ look }) => look("map"),
  "/": () => document.querySelector<HTMLInputElement>("input[type=search]")?.focus(),
};

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "preventDefault">;

/** Does what a key does. Others stay the browser's. */
export function pressOverviewKey(event: Pressed, actions: OverviewActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = event.key.startsWith("Arrow") ? () => actions.step(event.key) : KEYS[event.key];
  if (act === undefined) return;
  act(actions);
  event.preventDefault();
}

type Direction = "on" | "back" | "before" | "after";

const ARROWS: Readonly<Record<string, readonly [Direction, Direction]>> = {
  ArrowRight: ["on", "after"],
  ArrowLeft: ["back", "before"],
  ArrowUp: ["before", "back"],
  ArrowDown: ["after", "on"],
};

interface Stop {
  readonly key: string;
  /** Along the steps and across them. */
  readonly along: number;
  readonly across: number;
}

/** The box that an arrow leads to: along a reference or back to a referrer, the nearest one; else to the next in its column. */
export function nextKey(placed: PlacedOverview, key: string | undefined, arrow: string): string | undefined {
  const direction = ARROWS[arrow]?.[placed.turned ? 1 : 0];
  if (direction === undefined) return undefined;
  const stops = listStops(placed);
  const at = stops.find((stop) => stop.key === key);
  if (at === undefined) return stops[0]?.key;
  if (direction === "before" || direction === "after") return besides(stops, at, direction === "after" ? 1 : -1)?.key;
  return alongEdge(placed, stops, at, direction);
}

function listStops({ boxes, groups, turned }: PlacedOverview): Stop[] {
  const toStop = (
    key: string,
    { x, y, width, height }: PlacedOverview["groups"][number] | PlacedOverview["boxes"][number],
  ) => {
    const [middle, centre] = [x + width / 2, y + height / 2];
    return turned ? { key, along: centre, across: middle } : { key, along: middle, across: centre };
  };
  return [
    ...boxes.map((box) => toStop(boxKey(box.nodeIndex), box)),
    ...groups.map((group) => toStop(groupKey(group.column), group)),
  ];
}

const SAME_LAYER = 12;

function besides(stops: readonly Stop[], at: Stop, sign: 1 | -1): Stop | undefined {
  const inLayer = stops.filter(
    (stop) => Math.abs(stop.along - at.along) < SAME_LAYER && sign * (stop.across - at.across) > 0.5,
  );
  return nearest(inLayer, at);
}

function alongEdge({ boxes, edges }: PlacedOverview, stops: readonly Stop[], at: Stop, direction: "on" | "back") {
  const near = edges.flatMap(({ from, to, drawn }) => {
    const [start, end] = [boxKey(boxes[from]!.nodeIndex), boxKey(boxes[to]!.nodeIndex)];
    const other =
      direction === "on" && start === at.key ? end : direction === "back" && end === at.key ? start : undefined;
    return other === undefined ? [] : [{ other, drawn: drawn !== "follows" }];
  });
  // Drawn edges first: one follows what one sees.
  const followed = near.some(({ drawn }) => drawn) ? near.filter(({ drawn }) => drawn) : near;
  const keys = new Set(followed.map(({ other }) => other));
  return nearest(
    stops.filter(({ key }) => keys.has(key)),
    at,
  )?.key;
}

function nearest(stops: readonly Stop[], at: Stop): Stop | undefined {
  const distance = ({ along, across }: Stop) => Math.hypot(along - at.along, across - at.across);
  return stops.reduce<Stop | undefined>(
    (best, stop) => (best === undefined || distance(stop) < distance(best) ? stop : best),
    undefined,
  );
}
