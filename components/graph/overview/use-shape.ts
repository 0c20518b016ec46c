import { useSyncExternalStore } from "react";
import type { ShapeName } from "#lib/pictures/overview/shapes.ts";

/** The first that applies; else the narrow one. */
const QUERIES: readonly (readonly [ShapeName, string])[] = [
  ["wide", "(min-width: 1320px) and (min-height: 720px)"],
  ["low", "(min-width: 1000px)"],
  ["medium", "(min-width: 620px)"],
];

/** The shape of drawing that the window has room for. The server sends the wide one. */
export function useShape(): ShapeName {
  return useSyncExternalStore(subscribe, readShape, () => "wide");
}

function subscribe(changed: () => void): () => void {
  const lists = QUERIES.map(([, query]) => window.matchMedia(query));
  for (const list of lists) list.addEventListener("change", changed);
  return () => {
    for (const list of lists) list.removeEventListener("change", changed);
  };
}

function readShape(): ShapeName {
  return QUERIES.find(([, query]) => window.matchMedia(query).matches)?.[0] ?? "tall";
}
