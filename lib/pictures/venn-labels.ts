import type { Circle } from "./venn.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The position of one circle's label: in the part that it alone covers, or beside all circles with a line to it. */
export interface CircleLabel {
  /** The middle of the label. */
  readonly at: Point;
  /** From beside the label into the circle; absent if the label is inside. */
  readonly line: { readonly from: Point; readonly to: Point } | undefined;
}

export interface LabelBox {
  readonly width: number;
  readonly height: number;
}

/** Number of directions tried around a circle. */
const DIRECTIONS = 72;
/** From the outermost circle to the label beside it. */
const ASIDE = 14;

interface Ray {
  readonly angle: number;
  /** Length of the ray that only this circle covers; 0 if others reach as far. */
  readonly own: number;
  /** The middle of that part, or the circle's edge, as a distance from the centre. */
  readonly middle: number;
  /** From the middle of that part to the nearest other circle. */
  readonly clear: number;
  /** The end of the last circle. */
  readonly outside: number;
}

/**
 * A label for each circle, without overlap: inside if the part that only this circle covers has room, else outside all
 * circles. Every circle has one, because a circle without a label says nothing. `taken`: existing labels.
 */
export function labelCircles(circles: readonly Circle[], box: LabelBox, taken: readonly Point[]): CircleLabel[] {
  const placed: Point[] = [...taken];
  return circles.map((circle, i) => {
    const rays = findRays(circle, circles.toSpliced(i, 1));
    const within = rays.toSorted((a, b) => b.clear - a.clear).map((ray) => inside(circle, ray));
    const label =
      within.find(({ at }) => hasRoom(at, i, circles, box) && isFree(at, placed, box)) ??
      rays.map((ray) => beside(circle, ray, box)).find(({ at }) => isFree(at, placed, box)) ??
      beside(circle, rays[0]!, box);
    placed.push(label.at);
    return label;
  });
}

/** The rays of a circle, that with most of its own part first. */
function findRays(circle: Circle, others: readonly Circle[]): Ray[] {
  return Array.from({ length: DIRECTIONS }, (_, i) => {
    const angle = (2 * Math.PI * i) / DIRECTIONS;
    const left = Math.max(0, ...others.map((other) => exitOf(circle, angle, other)));
    const own = Math.max(0, circle.radius - left);
    const middle = own > 0 ? (left + circle.radius) / 2 : circle.radius;
    const { x, y } = pointOn(circle, angle, middle);
    const clear = Math.min(...others.map((other) => Math.hypot(x - other.x, y - other.y) - other.radius));
    return { angle, own, middle, clear, outside: Math.max(circle.radius, left) };
  }).sort((a, b) => b.own - a.own || b.clear - a.clear);
}

/** The distance along a ray from a circle's centre at which another circle ends; 0 if the ray does not meet it. */
function exitOf(from: Circle, angle: number, { x, y, radius }: Circle): number {
  const [dx, dy] = [x - from.x, y - from.y];
  const along = dx * Math.cos(angle) + dy * Math.sin(angle);
  const root = radius ** 2 - (dx ** 2 + dy ** 2 - along ** 2);
  return root < 0 ? 0 : Math.max(0, along + Math.sqrt(root));
}

function pointOn({ x, y }: Circle, angle: number, distance: number): Point {
  return { x: x + distance * Math.cos(angle), y: y + distance * Math.sin(angle) };
}

function inside(circle: Circle, { angle, middle }: Ray): CircleLabel {
  return { at: pointOn(circle, angle, middle), line: undefined };
}

function beside(circle: Circle, { angle, middle, outside }: Ray, box: LabelBox): CircleLabel {
  const reach = outside + ASIDE;
  const edge = pointOn(circle, angle, reach);
  const at = {
    x: edge.x + (box.width / 2) * Math.cos(angle),
    y: edge.y + (box.height / 2) * Math.sin(angle),
  };
  return { at, line: { from: edge, to: pointOn(circle, angle, middle) } };
}

/** Whether a label with this middle is in the one circle and in no other. */
function hasRoom(at: Point, own: number, circles: readonly Circle[], box: LabelBox): boolean {
  const corners = [-0.5, 0.5].flatMap((x) =>
    [-0.5, 0.5].map((y) => ({ x: at.x + x * box.width, y: at.y + y * box.height })),
  );
  return circles.every((circle, i) =>
    i === own
      ? corners.every((corner) => Math.hypot(corner.x - circle.x, corner.y - circle.y) <= circle.radius)
      : distanceToBox(circle, at, box) >= circle.radius,
  );
}

function distanceToBox({ x, y }: Point, at: Point, box: LabelBox): number {
  const dx = Math.max(0, Math.abs(x - at.x) - box.width / 2);
  const dy = Math.max(0, Math.abs(y - at.y) - box.height / 2);
  return Math.hypot(dx, dy);
}

function isFree(at: Point, placed: readonly Point[], box: LabelBox): boolean {
  return placed.every((other) => Math.abs(other.x - at.x) >= box.width || Math.abs(other.y - at.y) >= box.height);
}
