/** A circle in the unit of the given width. */
export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface VennPicture {
  /** In the order of the sets. */
  readonly circles: readonly Circle[];
  /** False if three circles cannot show these three overlaps at once; the areas of the circles are exact anyway. */
  readonly exact: boolean;
  readonly height: number;
}

const ROUNDS = 60;

/** Shared area of two circles (the lens between their chords). */
export function lensArea(a: number, b: number, distance: number): number {
  if (distance >= a + b) return 0;
  const small = Math.min(a, b);
  if (distance <= Math.abs(a - b)) return Math.PI * small * small;
  const alpha = Math.acos(clamp((distance ** 2 + a ** 2 - b ** 2) / (2 * distance * a)));
  const beta = Math.acos(clamp((distance ** 2 + b ** 2 - a ** 2) / (2 * distance * b)));
  return a * a * (alpha - Math.sin(2 * alpha) / 2) + b * b * (beta - Math.sin(2 * beta) / 2);
}

function clamp(cosine: number): number {
  return Math.min(1, Math.max(-1, cosine));
}

/** The distance at which two circles share this area: by bisection, since the lens shrinks with distance. */
export function findDistance(a: number, b: number, area: number): number {
  let near = Math.abs(a - b);
  let far = a + b;
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (near + far) / 2;
    if (lensArea(a, b, middle) > area) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

/**
 * Two or three sets as circles whose areas and pairwise overlaps are proportional to bytes. With three
 * circles the middle follows from the pairs and is not proportional, so its figure must be written.
 * `shared`: n × n bytes, symmetric, on the diagonal each set's total.
 */
export function placeVenn(shared: readonly (readonly number[])[], width: number, padding: number): VennPicture {
  const radii = shared.map((row, i) => Math.sqrt((row[i] ?? 0) / Math.PI));
  const distance = (i: number, j: number) => findDistance(radii[i]!, radii[j]!, shared[i]![j]!);
  const { centres, exact } =
    radii.length === 2
      ? { centres: [[0, 0] as const, [distance(0, 1), 0] as const], exact: true }
      : layTriangle(distance(0, 1), distance(0, 2), distance(1, 2));
  return placeInside(
    centres.map(([x, y], i) => ({ x, y, radius: radii[i]! })),
    exact,
    width,
    padding,
  );
}

/** Three points at these distances; if no triangle has them, the third is on the line, as near as possible. */
function layTriangle(first: number, second: number, third: number) {
  const x = first === 0 ? 0 : (first ** 2 + second ** 2 - third ** 2) / (2 * first);
  const rise = second ** 2 - x ** 2;
  const exact = first === 0 ? Math.abs(second - third) < 1e-6 * (second + third) : rise >= -1e-9 * second ** 2;
  const y = first === 0 ? second : Math.sqrt(Math.max(0, rise));
  return { centres: [[0, 0] as const, [first, 0] as const, [clampTo(x, second), y] as const], exact };
}

function clampTo(x: number, reach: number): number {
  return Math.min(reach, Math.max(-reach, x));
}

function placeInside(circles: readonly Circle[], exact: boolean, width: number, padding: number): VennPicture {
  const left = Math.min(...circles.map(({ x, radius }) => x - radius));
  const right = Math.max(...circles.map(({ x, radius }) => x + radius));
  const top = Math.min(...circles.map(({ y, radius }) => y - radius));
  const bottom = Math.max(...circles.map(({ y, radius }) => y + radius));
  const scale = (width - 2 * padding) / Math.max(1e-9, right - left);
  return {
    exact,
    height: (bottom - top) * scale + 2 * padding,
    circles: circles.map(({ x, y, radius }) => ({
      x: (x - left) * scale + padding,
      y: (y - top) * scale + padding,
      radius: radius * scale,
    })),
  };
}
