import { hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import type { Rectangle } from "./shapes.ts";

/** An item with bytes, in one of several groups. */
export interface MapItem {
  readonly group: string;
  readonly bytes: number;
}

export interface PlacedItem extends Rectangle {
  /** Positions in the given list: one, or all those too small to be drawn separately. */
  readonly items: readonly number[];
  readonly group: string;
  readonly bytes: number;
}

export interface MapRequest {
  readonly items: readonly MapItem[];
  readonly width: number;
  readonly height: number;
  /** Maximum rectangles per group; the smallest items are drawn as one. */
  readonly limit: number;
}

interface Leaf {
  readonly group: string;
  readonly items: readonly number[];
  readonly bytes: number;
}

interface Branch {
  readonly children: readonly (Branch | Leaf)[];
}

/** Items as a treemap, area by bytes, each group in one area, largest first. Items without bytes are left out. */
export function placeMap({ items, width, height, limit }: MapRequest): PlacedItem[] {
  const groups = Map.groupBy(
    [...items.keys()].filter((i) => items[i]!.bytes > 0),
    (i) => items[i]!.group,
  );
  const root: Branch = {
    children: [...groups].map(([group, members]) => ({ children: toLeaves(group, members, items, limit) })),
  };
  if (root.children.length === 0) return [];
  const summed = hierarchy<Branch | Leaf>(root, (node) => ("children" in node ? node.children : undefined))
    .sum((node) => ("bytes" in node ? node.bytes : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const laid = treemap<Branch | Leaf>()
    .tile(treemapSquarify.ratio(1.3))
    .size([width, height])
    .paddingInner((node) => (node.depth === 0 ? 4 : 1))(summed);
  return laid.leaves().flatMap(({ data, x0, y0, x1, y1 }) => {
    if (!("bytes" in data)) return [];
    return [{ ...data, x: x0, y: y0, width: x1 - x0, height: y1 - y0 }];
  });
}

function toLeaves(group: string, members: readonly number[], items: readonly MapItem[], limit: number): Leaf[] {
  const order = members.toSorted((a, b) => items[b]!.bytes - items[a]!.bytes);
  const alone = order.slice(0, limit).map((i) => ({ group, items: [i], bytes: items[i]!.bytes }));
  const rest = order.slice(limit);
  if (rest.length === 0) return alone;
  return [...alone, { group, items: rest, bytes: rest.reduce((sum, i) => sum + items[i]!.bytes, 0) }];
}
