import { useEffect, useState } from "react";
import type { PlacedOverview } from "#lib/pictures/overview/placed.ts";
import { boxKey } from "./lit-set.ts";

/** How long a new box is marked. */
const FRESH_MS = 2000;

type Fresh = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

const NONE: Fresh = new Map();

/** The boxes that another drawing of the same shape adds, each with the place of the group that it was in. */
export function useFresh(placed: PlacedOverview): Fresh {
  const [shown, setShown] = useState({ placed, fresh: NONE });
  // The same drawing may come again as other objects: what is marked stays marked.
  if (shown.placed !== placed) {
    setShown({ placed, fresh: isAlike(shown.placed, placed) ? shown.fresh : findFresh(shown.placed, placed) });
  }
  useEffect(() => {
    if (shown.fresh.size === 0) return;
    const timer = setTimeout(() => setShown((now) => ({ ...now, fresh: NONE })), FRESH_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return shown.fresh;
}

function isAlike(a: PlacedOverview, b: PlacedOverview): boolean {
  return (
    a.shape === b.shape &&
    a.boxes.length === b.boxes.length &&
    a.boxes.every(({ nodeIndex }, i) => nodeIndex === b.boxes[i]?.nodeIndex)
  );
}

function findFresh(before: PlacedOverview, after: PlacedOverview): Fresh {
  if (before.shape !== after.shape) return NONE;
  const known = new Set(before.boxes.map(({ nodeIndex }) => nodeIndex));
  const added = after.boxes.filter(({ nodeIndex }) => !known.has(nodeIndex));
  // Filters and searches change everything: nothing comes from a group then.
  if (known.size === 0 || added.length === after.boxes.length) return NONE;
  return new Map(
    added.map((box) => {
      const group = nearestGroup(before, box.x, box.y);
      return [boxKey(box.nodeIndex), { x: group?.x ?? box.x, y: group?.y ?? box.y }];
    }),
  );
}

function nearestGroup({ groups }: PlacedOverview, x: number, y: number) {
  const distance = (group: { x: number; y: number }) => 4 * Math.abs(group.x - x) + Math.abs(group.y - y);
  return groups.reduce<{ x: number; y: number } | undefined>(
    (best, group) => (best === undefined || distance(group) < distance(best) ? group : best),
    undefined,
  );
}
