/** The items of each layer in their order, with what joins adjacent layers. */
export interface LayerPlacement {
  readonly layers: readonly (readonly number[])[];
  /** Pairs of items in adjacent layers. */
  readonly segments: readonly { readonly from: number; readonly to: number }[];
  /** By item. */
  readonly sizes: ArrayLike<number>;
  /** Free room between two neighbours of one layer. */
  readonly gapOf: (above: number, below: number) => number;
  /** How much an item resists being moved away from its neighbours' level; lanes more than boxes, so that they are straight. */
  readonly weightOf: (item: number) => number;
  /** Whether an item stays next to the one above it. */
  readonly isGlued: (above: number, below: number) => boolean;
  /** The centre that an item keeps, if it was placed before; others make way as far as they can. */
  readonly pinOf?: (item: number) => number | undefined;
  /** The layers are at least this high. */
  readonly height: number;
}

export interface LayerPlaces {
  /** Centres of the items. */
  readonly at: Float64Array;
  /** From 0 to here. */
  readonly height: number;
}

const SWEEPS = 16;
/** Weight of an item without neighbours on a side: it stays, and yields. */
const LOOSE = 0.05;
/** Weight of one that keeps its place. */
const PINNED = 1e6;

/**
 * Places items along their layers, each as near as possible to the median of its neighbours, in the given order, without overlap
 * and within the height. Each layer is placed optimally for its neighbours (isotonic regression by pooling adjacent violators:
 * exact and linear); sweeps alternate right and left, the last ones use both sides, which straightens lanes.
 */
export function placeLayers(placement: LayerPlacement): LayerPlaces {
  const { layers, segments, sizes } = placement;
  const needed = layers.map((layer) => heightOf(layer, placement));
  const height = Math.max(placement.height, ...needed);
  const at = new Float64Array(sizes.length);
  const left: number[][] = Array.from({ length: sizes.length }, () => []);
  const right: number[][] = Array.from({ length: sizes.length }, () => []);
  for (const { from, to } of segments) {
    right[from]!.push(to);
    left[to]!.push(from);
  }
  for (const [i, layer] of layers.entries()) stack(layer, (height - needed[i]!) / 2, placement, at);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    const near = (item: number) =>
      sweep >= SWEEPS / 2 ? [...left[item]!, ...right[item]!] : forward ? left[item]! : right[item]!;
    for (const layer of forward ? layers : layers.toReversed()) align(layer, near, height, placement, at);
  }
  return { at, height };
}

function heightOf(layer: readonly number[], { sizes, gapOf }: LayerPlacement): number {
  return layer.reduce((sum, item, i) => sum + sizes[item]! + (i === 0 ? 0 : gapOf(layer[i - 1]!, item)), 0);
}

function stack(layer: readonly number[], start: number, { sizes, gapOf }: LayerPlacement, at: Float64Array): void {
  let top = start;
  layer.forEach((item, i) => {
    if (i > 0) top += gapOf(layer[i - 1]!, item);
    at[item] = top + sizes[item]! / 2;
    top += sizes[item]!;
  });
}

/** Items that touch and move as one: their common shift, a weighted mean of their desired shifts. */
interface Pool {
  readonly wish: number;
  readonly weight: number;
  readonly first: number;
}

/**
 * After subtracting the sizes before it (`offset`), items only have to be in ascending order; where they are not, neighbours pool
 * at their weighted mean. Cutting the result at both ends is optimal as well.
 */
function align(
  layer: readonly number[],
  near: (item: number) => readonly number[],
  height: number,
  placement: LayerPlacement,
  at: Float64Array,
): void {
  const offset = new Float64Array(at.length);
  stack(layer, 0, placement, offset);
  const pools: Pool[] = [];
  layer.forEach((item, first) => {
    const wished = wishOf(item, near(item), placement, at);
    let pool: Pool = { ...wished, wish: wished.wish - offset[item]!, first };
    let glued = first > 0 && placement.isGlued(layer[first - 1]!, item);
    for (let above = pools.at(-1); above !== undefined && (glued || above.wish >= pool.wish); above = pools.at(-1)) {
      glued = false;
      const weight = above.weight + pool.weight;
      pool = { wish: (above.wish * above.weight + pool.wish * pool.weight) / weight, weight, first: above.first };
      pools.pop();
    }
    pools.push(pool);
  });
  const most = height - heightOf(layer, placement);
  pools.forEach(({ wish, first }, i) => {
    const shift = Math.min(most, Math.max(0, wish));
    for (let k = first; k < (pools[i + 1]?.first ?? layer.length); k++) at[layer[k]!] = shift + offset[layer[k]!]!;
  });
}

function wishOf(item: number, near: readonly number[], { weightOf, pinOf }: LayerPlacement, at: Float64Array) {
  const pin = pinOf?.(item);
  if (pin !== undefined) return { wish: pin, weight: PINNED };
  if (near.length === 0) return { wish: at[item]!, weight: LOOSE };
  const levels = near.map((other) => at[other]!).sort((a, b) => a - b);
  const middle = levels.length >> 1;
  const wish = levels.length % 2 === 1 ? levels[middle]! : (levels[middle - 1]! + levels[middle]!) / 2;
  return { wish, weight: weightOf(item) };
}
