import {
  type Rectangle,
  roundPixels as round,
  type Shape,
  type ShapeGroup,
  type ShapeWindow,
  shape,
} from "../shapes.ts";
import { stratumShapes } from "../strata-shapes.ts";
import type { Correlation, PictureColumn } from "./columns.ts";
import { type Join, type JoinKind, joinColumns, type PlacedColumn } from "./joins.ts";

/** The correlation as shapes, in the picture's own units: it stretches to any width, and has no text. */
export interface CorrelationPicture extends Correlation {
  readonly width: number;
  readonly height: number;
  readonly placed: readonly PlacedColumn[];
  readonly joins: readonly Join[];
  /** In painting order. */
  readonly groups: readonly (ShapeGroup | ShapeWindow)[];
}

export interface CorrelationShape {
  readonly height: number;
  /** Space at either side of the outer columns. */
  readonly margin: number;
}

const COLUMN = 100;
const GAP = 130;
/** Any number of columns: the middle of column i of n is at (i + ½)/n of the width. */
export const ROW: CorrelationShape = { height: 300, margin: GAP / 2 };
/** Two columns with labels beside them. */
export const PAIR: CorrelationShape = { height: 400, margin: 0 };

const MIN_STRATUM = 2;
/** A thinner band is drawn as a line of this thickness, to stay visible. */
const MIN_BAND = 1.5;
/** Opacity of a band that passes behind columns which do not take part. */
const BEHIND = 0.4;
/** Gap around a column that a band passes: the band does not touch it, so it is visibly not the column's. */
const CLEAR = 18;

/**
 * Columns of strata with bands that join shared content. Solid: equal layers in the same place, which a disk shares.
 * Dashed: equal layers in different places, which it does not. Dotted: different layers with shared files.
 */
export function placeCorrelation(correlation: Correlation, { height, margin }: CorrelationShape): CorrelationPicture {
  const { columns, likeness } = correlation;
  const { columns: placed, joins } = joinColumns({ columns, likeness, height, minimum: MIN_STRATUM });
  const left = (column: number) => margin + column * (COLUMN + GAP);
  const bandsOf = (some: readonly Join[]) => some.map((join) => bandShape(join, columns, left));
  const [passing, near] = [joins.filter(isPassing), joins.filter((join) => !isPassing(join))];
  const ways = [...Map.groupBy(passing, ({ from, to }) => `${from.column} ${to.column}`).values()];
  const behind = ways.flatMap((way) =>
    windowsOf(way[0]!, placed, { left, height }).map((window) => ({ window, opacity: BEHIND, shapes: bandsOf(way) })),
  );
  const strata = columns.flatMap((column, i) => columnShapes(column, placed[i]!, left(i)));
  const width = 2 * margin + columns.length * (COLUMN + GAP) - GAP;
  return { ...correlation, width, height, placed, joins, groups: [...behind, { shapes: bandsOf(near) }, ...strata] };
}

function isPassing({ from, to }: Join): boolean {
  return to.column - from.column > 1;
}

interface Layout {
  /** The left edge of a column. */
  readonly left: (column: number) => number;
  readonly height: number;
}

/** The areas of bands that pass columns which do not take part: only where they are clear of those. */
function windowsOf({ from, to }: Join, placed: readonly PlacedColumn[], { left, height }: Layout): Rectangle[] {
  const passed = placed.slice(from.column + 1, to.column).map(({ top }, i) => {
    const x = left(from.column + 1 + i);
    return { left: x - CLEAR, right: x + COLUMN + CLEAR, top: round(top - CLEAR / 2) };
  });
  return clearOf({ from: left(from.column) + COLUMN, to: left(to.column), height, passed });
}

/** The area of bands between two columns, and the columns that they pass, with the gap to leave around each. */
export interface PassingWay {
  readonly from: number;
  readonly to: number;
  readonly height: number;
  /** From left to right; `top` is where the gap above a column begins. */
  readonly passed: readonly { readonly left: number; readonly right: number; readonly top: number }[];
}

/** Between the columns at full height, and above each of those that are passed. */
export function clearOf({ from, to, height, passed }: PassingWay): Rectangle[] {
  const windows: Rectangle[] = [];
  let x = from;
  for (const { left, right, top } of passed) {
    windows.push({ x, y: 0, width: left - x, height });
    if (top > 0) windows.push({ x: left, y: 0, width: right - left, height: top });
    x = right;
  }
  return [...windows, { x, y: 0, width: to - x, height }];
}

function bandShape(join: Join, columns: readonly PictureColumn[], left: Layout["left"]): Shape {
  const { kind, from, to } = join;
  const { colour, key } = columns[from.column]!.strata[from.stratum]!;
  const d = joinPath({ from: thicken(from), to: thicken(to) }, left(from.column) + COLUMN, left(to.column));
  const band = shape("path", { d, ...JOIN_LOOKS[kind](colour) });
  return kind === "like" ? band : { ...band, twin: key };
}

function thicken<End extends { top: number; bottom: number }>(end: End): End {
  const missing = Math.max(0, MIN_BAND - (end.bottom - end.top));
  return { ...end, top: end.top - missing / 2, bottom: end.bottom + missing / 2 };
}

/** The outline of a band between two vertical edges, as an SVG path. */
export function joinPath({ from, to }: Pick<Join, "from" | "to">, fromX: number, toX: number): string {
  const middle = (fromX + toX) / 2;
  const [a, b, c, d] = [from.top, to.top, to.bottom, from.bottom].map(round);
  return `M${fromX} ${a}C${middle} ${a} ${middle} ${b} ${toX} ${b}V${c}C${middle} ${c} ${middle} ${d} ${fromX} ${d}Z`;
}

const JOIN_LOOKS: Readonly<Record<JoinKind, (colour: string) => Shape["attributes"]>> = {
  chain: (colour) => ({ fill: colour, fillOpacity: 0.62 }),
  moved: (colour) => ({
    fill: colour,
    fillOpacity: 0.1,
    stroke: "var(--ink-dim)",
    strokeWidth: 1,
    strokeDasharray: "4 3",
    vectorEffect: "non-scaling-stroke",
  }),
  like: () => ({
    fill: "url(#dots)",
    stroke: "var(--line-strong)",
    strokeWidth: 0.5,
    vectorEffect: "non-scaling-stroke",
  }),
};

function columnShapes({ strata }: PictureColumn, { bands }: PlacedColumn, x: number): ShapeGroup[] {
  const groups = strata.map((stratum, i) => {
    const shapes = stratumShapes(stratum, bands[i]!, { x, width: COLUMN, lowest: i === 0 });
    return { twin: stratum.key, tip: stratum.title, shapes };
  });
  return groups.filter(({ shapes }) => shapes.length > 0);
}
