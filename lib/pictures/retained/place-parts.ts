import { type HierarchyNode, type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import type { KeptPart } from "#lib/model/kept-tree.ts";
import type { Rectangle } from "../shapes.ts";

/** A part's rectangle, in the units of the width and height given. */
export interface PlacedPart extends Rectangle {
  readonly part: KeptPart;
  /** 1 for the outermost. */
  readonly depth: number;
  /** Distinguishes parts: the same part has the same key in every size of the picture. */
  readonly key: string;
}

export interface Space {
  readonly width: number;
  readonly height: number;
}

/** Space for a name above the parts inside a part. */
const HEADING = 25;
/** A side shorter than this is not drawn. */
const MIN_SIDE = 2;

interface Weighted {
  readonly part: KeptPart | undefined;
  readonly children: Weighted[];
}

const toWeighted = (part: KeptPart): Weighted => ({ part, children: part.parts.map(toWeighted) });

/** Parts as nested rectangles, area by size. The number of parts is bounded by the answer. */
export function placeTreemap(parts: readonly KeptPart[], { width, height }: Space): PlacedPart[] {
  const whole: Weighted = { part: undefined, children: parts.map(toWeighted) };
  const root = hierarchy<Weighted>(whole).sum(({ part, children }) => (children.length === 0 ? (part?.size ?? 0) : 0));
  const laid = treemap<Weighted>()
    .tile(treemapSquarify.ratio(1.4))
    .size([width, height])
    .paddingInner(2)
    .paddingOuter((node) => (node.depth === 0 ? 0 : 2))
    .paddingTop((node) => (node.depth === 0 ? 0 : HEADING))(root.sort(byPart));
  const placed: PlacedPart[] = [];
  const inside = new Map<unknown, { readonly rectangle: Rectangle; readonly key: string }>();
  // Breadth first: a part comes before those inside it.
  for (const node of laid.descendants()) {
    const around = inside.get(node.parent);
    const rectangle = clip(node, around?.rectangle);
    const { part } = node.data;
    const key = part === undefined ? "" : `${around?.key ?? ""}/${partKey(part)}`;
    inside.set(node, { rectangle, key });
    if (part === undefined || Math.min(rectangle.width, rectangle.height) < MIN_SIDE) continue;
    placed.push({ part, depth: node.depth, key, ...rectangle });
  }
  return placed;
}

/** Largest first; the node itself before its parts, and smaller ones after them. */
function byPart(a: HierarchyNode<Weighted>, b: HierarchyNode<Weighted>): number {
  return rankOf(a.data) - rankOf(b.data) || (b.value ?? 0) - (a.value ?? 0);
}

function rankOf({ part }: Weighted): number {
  return part?.type === "self" ? 0 : part?.type === "others" ? 2 : 1;
}

/** The part of a rectangle inside its parent's: if a part is lower than its heading, d3 places its parts below it. */
function clip({ x0, y0, x1, y1 }: HierarchyRectangularNode<Weighted>, around: Rectangle | undefined): Rectangle {
  if (around === undefined) return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
  const [left, top] = [Math.max(x0, around.x), Math.max(y0, around.y)];
  const [right, bottom] = [Math.min(x1, around.x + around.width), Math.min(y1, around.y + around.height)];
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

export interface IcicleSpace {
  readonly width: number;
  /** Height of one level. */
  readonly row: number;
}

/** Parts as rows of levels, width by size, each below the part that it is in; the node itself comes first. */
export function placeIcicle(parts: readonly KeptPart[], { width, row }: IcicleSpace): PlacedPart[] {
  const placed: PlacedPart[] = [];
  const whole = parts.reduce((sum, { size }) => sum + size, 0);
  const scale = whole === 0 ? 0 : width / whole;
  let level: { readonly parts: readonly KeptPart[]; readonly x: number; readonly key: string }[] = [
    { parts, x: 0, key: "" },
  ];
  for (let depth = 1; level.length > 0; depth++) {
    const below: typeof level = [];
    for (const group of level) {
      let x = group.x;
      for (const part of group.parts) {
        const box = { x, y: (depth - 1) * row, width: part.size * scale, height: row };
        const key = `${group.key}/${partKey(part)}`;
        x += box.width;
        if (box.width < MIN_SIDE) continue;
        placed.push({ part, depth, key, ...box });
        if (part.parts.length > 0) below.push({ parts: part.parts, x: box.x, key });
      }
    }
    level = below;
  }
  return placed;
}

function partKey(part: KeptPart): string {
  if (part.type === "others") return `others ${part.from}`;
  return part.type === "family" ? `family ${part.node.nodeIndex}` : `${part.type} ${part.node.nodeIndex}`;
}
