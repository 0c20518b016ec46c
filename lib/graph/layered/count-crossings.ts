import type { Lanes } from "./lanes.ts";

/**
 * Pairs of segments between the same two layers that cross, in an order of each layer's items (Barth, Jünger, Mutzel 2002: counted
 * by an accumulator tree, in O(s log s) for s segments).
 */
export function countCrossings({ segments, layerOf, itemCount }: Lanes, order: readonly (readonly number[])[]): number {
  const position = new Int32Array(itemCount);
  for (const layer of order) for (const [i, item] of layer.entries()) position[item] = i;
  let crossings = 0;
  for (const [layer, between] of Map.groupBy(segments, ({ from }) => layerOf[from]!)) {
    const sorted = between.toSorted(
      (a, b) => position[a.from]! - position[b.from]! || position[a.to]! - position[b.to]!,
    );
    crossings += countInversions(
      sorted.map(({ to }) => position[to]!),
      order[layer + 1]!.length,
    );
  }
  return crossings;
}

/** Pairs of values of which the earlier is the greater. */
function countInversions(values: readonly number[], most: number): number {
  const tree = new Int32Array(most + 1);
  let inversions = 0;
  values.forEach((value, seen) => {
    let notGreater = 0;
    for (let at = value + 1; at > 0; at -= at & -at) notGreater += tree[at]!;
    inversions += seen - notGreater;
    for (let at = value + 1; at <= most; at += at & -at) tree[at]!++;
  });
  return inversions;
}
