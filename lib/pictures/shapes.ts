export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One SVG shape: its element, and attributes in React's spelling. Colours are CSS colours of the pages. */
export interface Shape {
  readonly tag: "rect" | "path" | "line" | "circle";
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Highlighted together with all elements of the same twin. */
  readonly twin?: string;
}

/** Shapes that are painted together, in this order. */
export interface ShapeGroup {
  readonly twin?: string;
  /** The tooltip of the shapes. */
  readonly tip?: string;
  readonly shapes: readonly Shape[];
}

/** A clipping area: shapes are visible only inside it. */
export interface ShapeWindow extends ShapeGroup {
  readonly window: Rectangle;
  readonly opacity: number;
}

/** A repeated fill: squares of `size`, rotated by degrees. Other shapes refer to it as `url(#id)`. */
export interface Pattern {
  readonly id: string;
  readonly size: number;
  readonly turn?: number;
  readonly shapes: readonly Shape[];
}

export function shape(tag: Shape["tag"], attributes: Shape["attributes"]): Shape {
  return { tag, attributes };
}

/** Bytes that no container sees. */
export const HATCH: Pattern = {
  id: "hatch",
  size: 5,
  turn: 45,
  shapes: [shape("rect", { width: 1.4, height: 5, fill: "var(--hatch)" })],
};

/** Similar but not equal. */
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

/** The fills of the pages' pictures: those above, three that distinguish sets without colour, and that of estimates. */
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
