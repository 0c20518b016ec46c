import type { Rectangle } from "./shapes.ts";
import { type Circle, placeVenn } from "./venn.ts";
import { type CircleLabel, labelCircles, type Point } from "./venn-labels.ts";

const WIDTH = 340;
/** Size of the circles if some labels are beside them: the text needs the rest. */
const NARROW_WIDTH = 220;
const PADDING = 4;
/** Space for a letter above a figure of 12 units. */
const WORDS = { width: 62, height: 32 };

export interface LabelledVenn {
  readonly circles: readonly Circle[];
  readonly exact: boolean;
  readonly labels: readonly CircleLabel[];
  /** The middle of what all circles share, if requested. */
  readonly middle: Point | undefined;
  /** Bounds of circles and text together. */
  readonly bounds: Rectangle;
}

/** Circles with their labels; smaller if a label does not fit inside. `hasMiddle`: there is text in what all share. */
export function placeLabelledVenn(shared: readonly (readonly number[])[], hasMiddle: boolean): LabelledVenn {
  const lay = (width: number) => {
    const { circles, exact } = placeVenn(shared, width, PADDING);
    const middle = hasMiddle ? middlePoint(circles) : undefined;
    return { circles, exact, middle, labels: labelCircles(circles, WORDS, middle === undefined ? [] : [middle]) };
  };
  const wide = lay(WIDTH);
  const placed = wide.labels.every(({ line }) => line === undefined) ? wide : lay(NARROW_WIDTH);
  return { ...placed, bounds: boundsOf(placed.circles, placed.labels) };
}

function boundsOf(circles: readonly Circle[], labels: readonly CircleLabel[]): Rectangle {
  const words = labels.map(({ at: { x, y } }) => ({ x, y, right: WORDS.width / 2, down: WORDS.height / 2 }));
  const parts = [...circles.map(({ x, y, radius }) => ({ x, y, right: radius, down: radius })), ...words];
  const x = Math.floor(Math.min(...parts.map((part) => part.x - part.right)) - PADDING);
  const y = Math.floor(Math.min(...parts.map((part) => part.y - part.down)) - PADDING);
  return {
    x,
    y,
    width: Math.ceil(Math.max(...parts.map((part) => part.x + part.right)) + PADDING - x),
    height: Math.ceil(Math.max(...parts.map((part) => part.y + part.down)) + PADDING - y),
  };
}

/** The middle of what all circles share: for each pair, halfway between the near edges on the line through their centres. */
function middlePoint(circles: readonly Circle[]): Point {
  const points = circles.flatMap((circle, i) => circles.slice(i + 1).map((other) => lensMiddle(circle, other)));
  return {
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  };
}

function lensMiddle(a: Circle, b: Circle): Point {
  const distance = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const along = (Math.max(-a.radius, distance - b.radius) + Math.min(a.radius, distance + b.radius)) / 2;
  return { x: a.x + (along * (b.x - a.x)) / distance, y: a.y + (along * (b.y - a.y)) / distance };
}
