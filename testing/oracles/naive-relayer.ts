/** Bytes of the files that exactly these images have; bit i is image i. */
export interface SharedBytes {
  readonly images: number;
  readonly bytes: number;
}

/**
 * The fewest bytes in which layers can store a set of at most four images with at most `maxLayers` each, an own one included: by trying
 * every family of layers. Files of the same images lie in the same layers, since what is best for one is best for all.
 */
export function naiveRelayer(shared: readonly SharedBytes[], imageCount: number, maxLayers: number): number {
  const candidates = Array.from({ length: 2 ** imageCount }, (_, set) => set).filter((set) => bits(set) > 1);
  let best = Number.POSITIVE_INFINITY;
  for (let chosen = 0; chosen < 2 ** candidates.length; chosen++) {
    const family = candidates.filter((_, at) => (chosen >> at) & 1);
    if (!fits(family, imageCount, maxLayers)) continue;
    const copies = countCopies(family, imageCount);
    best = Math.min(
      best,
      shared.reduce((sum, { images, bytes }) => sum + bytes * copies[images]!, 0),
    );
  }
  return best;
}

function fits(family: readonly number[], imageCount: number, maxLayers: number): boolean {
  for (let image = 0; image < imageCount; image++) {
    if (family.filter((set) => (set >> image) & 1).length + 1 > maxLayers) return false;
  }
  return true;
}

/** For every set of images the fewest layers that have exactly these, each once. */
function countCopies(family: readonly number[], imageCount: number): number[] {
  const copies = [0];
  for (let set = 1; set < 2 ** imageCount; set++) {
    const lowest = set & -set;
    // The lowest image is in its own layer, or in one of the family that is part of the set.
    const choices = [lowest, ...family.filter((layer) => (layer & lowest) !== 0 && (layer & ~set) === 0)];
    copies[set] = Math.min(...choices.map((layer) => 1 + copies[set & ~layer]!));
  }
  return copies;
}

function bits(set: number): number {
  return set.toString(2).replaceAll("0", "").length;
}
