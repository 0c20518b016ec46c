/** Bytes of a group that are worth a layer: less is not worth the request that fetches it. */
const MIN_SPLIT_BYTES = 256 * 1024;

/** A layer that may be split, with the images that have it. */
export interface SplitLayer {
  readonly images: readonly number[];
  /** Group → its bytes in this layer. */
  readonly groups: ReadonlyMap<number, number>;
  /** Stays even if nothing is left in it. */
  readonly isTop: boolean;
}

/**
 * The groups of each layer that get a layer of their own, the largest first, as long as each image has room for it. The set needs no
 * byte more or less, but an image that is not in it can use what it has of it. `counts`: layers of each image.
 */
export function splitLayers(layers: readonly SplitLayer[], counts: Int32Array, maxLayers: number): Set<number>[] {
  const room = counts.map((count) => maxLayers - count);
  const split = layers.map(() => new Set<number>());
  const candidates = layers.flatMap(({ groups }, layer) =>
    [...groups].map(([group, bytes]) => ({ layer, group, bytes })),
  );
  candidates.sort((a, b) => b.bytes - a.bytes || a.layer - b.layer || a.group - b.group);
  for (const { layer, group, bytes } of candidates) {
    const { images, groups, isTop } = layers[layer]!;
    // A layer with one group left is a layer of its own already.
    const isLast = !isTop && split[layer]!.size === groups.size - 1;
    if (bytes < MIN_SPLIT_BYTES || isLast || images.some((image) => room[image]! === 0)) continue;
    split[layer]!.add(group);
    for (const image of images) room[image]! -= 1;
  }
  return split;
}
