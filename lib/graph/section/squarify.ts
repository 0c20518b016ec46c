/** Rectangles as four numbers each: left, top, right, bottom. */
export type Rectangles = Float64Array | Float32Array;

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Squares {
  /** Positions of the rectangles, the heaviest first. */
  readonly positions: Int32Array;
  /** By position. */
  readonly weight: Float64Array;
  readonly into: Rectangles;
}

/**
 * Divides an area into rectangles as square as possible, in proportion to their weights, which are positive (Bruls, Huizing and van
 * Wijk 2000, "Squarified treemaps"). O(n). Over typed arrays, because d3-hierarchy builds an object for every node, and takes
 * quadratic time for a long chain of them.
 */
export function squarify({ positions, weight, into }: Squares, area: Area): void {
  let { left, top } = area;
  const { right, bottom } = area;
  let rest = 0;
  for (const position of positions) rest += weight[position]!;
  for (let at = 0; at < positions.length; ) {
    const [width, height] = [right - left, bottom - top];
    const end = findRowEnd(positions, weight, { at, side: Math.min(width, height), scale: (width * height) / rest });
    let row = 0;
    for (let i = at; i < end; i++) row += weight[positions[i]!]!;
    // The last row takes what is left, so that rounding leaves no gap.
    const share = end === positions.length ? 1 : row / rest;
    const upright = width >= height;
    const strip = upright
      ? { left, top, right: left + width * share, bottom }
      : { left, top, right, bottom: top + height * share };
    fillRow({ positions: positions.subarray(at, end), weight, into }, strip, upright);
    if (upright) left = strip.right;
    else top = strip.bottom;
    rest -= row;
    at = end;
  }
}

interface RowStart {
  readonly at: number;
  /** The shorter side of the free area. */
  readonly side: number;
  /** Area per weight. */
  readonly scale: number;
}

/** The end of the row that starts here: a further rectangle would make the worst ratio worse. */
function findRowEnd(positions: Int32Array, weight: Float64Array, { at, side, scale }: RowStart): number {
  const largest = weight[positions[at]!]!;
  let sum = 0;
  let worst = Number.POSITIVE_INFINITY;
  for (let end = at; end < positions.length; end++) {
    const smallest = weight[positions[end]!]!;
    const grown = sum + smallest;
    const thickness = (grown * scale) / (side * side);
    const ratio = Math.max(largest / grown / thickness, thickness / (smallest / grown));
    if (ratio > worst) return end;
    worst = ratio;
    sum = grown;
  }
  return positions.length;
}

/** Places the rectangles of one row beside each other along the longer side of its strip. */
function fillRow({ positions, weight, into }: Squares, { left, top, right, bottom }: Area, upright: boolean): void {
  let rest = 0;
  for (const position of positions) rest += weight[position]!;
  let from = upright ? top : left;
  const end = upright ? bottom : right;
  for (const position of positions) {
    const own = weight[position]!;
    const to = own >= rest ? end : from + ((end - from) * own) / rest;
    into.set(upright ? [left, from, right, to] : [from, top, to, bottom], 4 * position);
    rest -= own;
    from = to;
  }
}
