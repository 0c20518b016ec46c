import { type HierarchyNode, type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import type { Rectangle } from "./shapes.ts";

/** What is drawn as a rectangle, with what is inside it. */
export interface NestedPart<Part> {
  readonly part: Part;
  /** Different from those beside it. */
  readonly key: string;
  /** Of a part with nothing inside; others have the sum of theirs. */
  readonly size: number;
  /** Lower ones come first; of equal rank, larger ones. */
  readonly rank: number;
  readonly inside: readonly NestedPart<Part>[];
}

/** A part's rectangle, in the units of the width and height given. */
export interface PlacedRectangle<Part> extends Rectangle {
  readonly part: Part;
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

type Weighted<Part> = Omit<NestedPart<Part>, "part" | "inside"> & {
  readonly part: Part | undefined;
  readonly inside: readonly Weighted<Part>[];
};

/** Parts as nested rectangles, area by size. The caller bounds their number. */
export function placeNested<Part>(
  parts: readonly NestedPart<Part>[],
  { width, height }: Space,
): PlacedRectangle<Part>[] {
  const whole: Weighted<Part> = { part: undefined, key: "", size: 0, rank: 0, inside: parts };
  const root = hierarchy(whole, ({ inside }) => inside).sum(({ size, inside }) => (inside.length === 0 ? size : 0));
  const laid = treemap<Weighted<Part>>()
    .tile(treemapSquarify.ratio(1.4))
    .size([width, height])
    .paddingInner(2)
    .paddingOuter((node) => (node.depth === 0 ? 0 : 2))
    .paddingTop((node) => (node.depth === 0 ? 0 : HEADING))(root.sort(byRank));
  const placed: PlacedRectangle<Part>[] = [];
  const around = new Map<unknown, { readonly rectangle: Rectangle; readonly key: string }>();
  // Breadth first: a part comes before those inside it.
  for (const node of laid.descendants()) {
    const outer = around.get(node.parent);
    const rectangle = clip(node, outer?.rectangle);
    const { part } = node.data;
    const key = part === undefined ? "" : `${outer?.key ?? ""}/${node.data.key}`;
    around.set(node, { rectangle, key });
    if (part === undefined || Math.min(rectangle.width, rectangle.height) < MIN_SIDE) continue;
    placed.push({ part, depth: node.depth, key, ...rectangle });
  }
  return placed;
}

function byRank<Part>(a: HierarchyNode<Weighted<Part>>, b: HierarchyNode<Weighted<Part>>): number {
  return a.data.rank - b.data.rank || (b.value ?? 0) - (a.value ?? 0);
}

type Corners = Pick<HierarchyRectangularNode<unknown>, "x0" | "y0" | "x1" | "y1">;

/** The part of a rectangle inside its parent's: if a part is lower than its heading, d3 places its parts below it. */
function clip({ x0, y0, x1, y1 }: Corners, around: Rectangle | undefined): Rectangle {
  if (around === undefined) return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
  const [left, top] = [Math.max(x0, around.x), Math.max(y0, around.y)];
  const [right, bottom] = [Math.min(x1, around.x + around.width), Math.min(y1, around.y + around.height)];
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}
