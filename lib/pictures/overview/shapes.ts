/** A window that a drawing is made for. Lengths are pixels at the size at which everything is readable. */
export interface OverviewShape {
  readonly name: "wide" | "low" | "medium" | "tall";
  /** Steps go down instead of to the right. */
  readonly turned: boolean;
  /** Of the room, with its margins. */
  readonly width: number;
  readonly height: number;
  /** Layers next to each other, and boxes in one, if not all nodes are drawn. A group is a box of a turned drawing. */
  readonly layers: number;
  readonly perLayer: number;
  /** Boxes in one layer after groups were opened. */
  readonly maxPerLayer: number;
  /** The same for small boxes with one line, if all nodes fit; 0 if there are none. */
  readonly wholeLayers: number;
  readonly wholePerLayer: number;
  /** Of a turned drawing. */
  readonly box: { readonly width: number; readonly height: number };
}

/** Largest first. Shown by the media queries of `app/globals.css`, in the same order. */
export const OVERVIEW_SHAPES = [
  {
    name: "wide",
    turned: false,
    width: 1440,
    height: 752,
    layers: 9,
    perLayer: 10,
    maxPerLayer: 20,
    wholeLayers: 14,
    wholePerLayer: 26,
    box: { width: 0, height: 0 },
  },
  {
    name: "low",
    turned: false,
    width: 1200,
    height: 560,
    layers: 7,
    perLayer: 7,
    maxPerLayer: 14,
    wholeLayers: 12,
    wholePerLayer: 19,
    box: { width: 0, height: 0 },
  },
  {
    name: "medium",
    turned: true,
    width: 768,
    height: 790,
    layers: 12,
    perLayer: 6,
    maxPerLayer: 6,
    wholeLayers: 0,
    wholePerLayer: 0,
    box: { width: 106, height: 36 },
  },
  {
    name: "tall",
    turned: true,
    width: 390,
    height: 580,
    layers: 12,
    perLayer: 3,
    maxPerLayer: 3,
    wholeLayers: 0,
    wholePerLayer: 0,
    box: { width: 102, height: 32 },
  },
] as const satisfies readonly OverviewShape[];

export type ShapeName = OverviewShape["name"];

export const MARGIN = 16;
/** Room for the numbers of the steps. */
export const HEAD = 22;
/** Below them, what a column has together, if some of its nodes are not drawn. */
export const HEAD_FIGURES = 18;
/** Boxes with one line, and with two. */
export const SMALL_BOX = { height: 23, gap: 4, font: 11.5, minWidth: 64, sizedWidth: 132 };
/** Widths of the longest name of a layer, the first that fits; with the gutter that it should leave. */
export const NAME_WIDTHS = [220, 190, 165, 145, 132, 124, 116, 108, 100, 92, 84, 76].map((width) => ({
  width,
  gutter: width > 132 ? 40 : 24,
}));
export const LARGE_BOX = { height: 36, gap: 6, font: 12, width: 116 };
export const TURNED_BOX = { gap: 7, font: 12 };
/** A group below its column. */
export const GROUP_HEIGHT = 76;
export const GROUP_GAP = 14;
/** Between two layers. */
export const MIN_GUTTER = 24;
export const MAX_GUTTER = 110;
/** A lane with its distance from the next, if there is room. */
export const LANE = 6;
