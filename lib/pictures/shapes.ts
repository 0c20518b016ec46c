export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One SVG shape: its element, and attributes as React names them. Colours as CSS of the pages writes them. */
export interface Shape {
  readonly tag: "rect" | "path" | "line" | "circle";
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Marks it along with everything else of the same twin. */
  readonly twin?: string;
}

/** Shapes that are painted together, in this order. */
export interface ShapeGroup {
  readonly twin?: string;
  /** What is said of the shapes on hover. */
  readonly tip?: string;
  readonly shapes: readonly Shape[];
}

/** A part of the picture: shapes show inside it only. */
export interface ShapeWindow extends ShapeGroup {
  readonly window: Rectangle;
  readonly opacity: number;
}

/** A fill that repeats: squares of `size`, turned by degrees. Other shapes name it as `url(#id)`. */
export interface Pattern {
  readonly id: string;
  readonly size: number;
  readonly turn?: number;
  readonly shapes: readonly Shape[];
}

export function shape(tag: Shape["tag"], attributes: Shape["attributes"]): Shape {
  return { tag, attributes };
}

/** What nobody sees. */
export const HATCH: Pattern = {
  id: "hatch",
  size: 5,
  turn: 45,
  shapes: [shape("rect", { width: 1.4, height: 5, fill: "var(--hatch)" })],
};

/** What is alike and not the same. */
export const DOTS: Pattern = {
  id: "dots",
  size: 6,
  shapes: [
    shape("rect", { width: 6, height: 6, fill: "var(--side-both)", fillOpacity: 0.25 }),
    ...[1.5, 4.5].map((at) => shape("circle", { cx: at, cy: at, r: 0.9, fill: "var(--ink-dim)", fillOpacity: 0.75 })),
  ],
};

const lines = (id: string, turn: number): Pattern => ({
  id,
  size: 6,
  turn,
  shapes: [shape("rect", { width: 1, height: 6, fill: "var(--on-kind)", fillOpacity: 0.35 })],
});

/** The fills that pictures of pages name: those above, three that tell sets apart without colour, and what is estimated. */
export const PATTERNS: readonly Pattern[] = [
  HATCH,
  DOTS,
  lines("left-lines", -45),
  lines("right-lines", 45),
  {
    id: "changed-dots",
    size: 6,
    shapes: [shape("circle", { cx: 3, cy: 3, r: 1, fill: "var(--on-kind)", fillOpacity: 0.4 })],
  },
  {
    id: "hatch-light",
    size: 6,
    turn: 45,
    shapes: [shape("rect", { width: 2.5, height: 6, fill: "var(--ground)", fillOpacity: 0.75 })],
  },
];

export function roundPixels(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
