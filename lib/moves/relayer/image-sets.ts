/** A set of images by their positions, as bits. */
export type ImageSet = Uint32Array;

export function openSet(imageCount: number, members: Iterable<number> = []): ImageSet {
  const set = new Uint32Array(Math.max(1, Math.ceil(imageCount / 32)));
  for (const image of members) set[image >>> 5]! |= 1 << (image & 31);
  return set;
}

export function hasImage(set: ImageSet, image: number): boolean {
  return ((set[image >>> 5]! >>> (image & 31)) & 1) === 1;
}

export function listImages(set: ImageSet): number[] {
  const images: number[] = [];
  for (let at = 0; at < set.length; at++) {
    for (let word = set[at]!; word !== 0; word &= word - 1) images.push(32 * at + 31 - Math.clz32(word & -word));
  }
  return images;
}

export function isSubset(inner: ImageSet, outer: ImageSet): boolean {
  for (let at = 0; at < inner.length; at++) if ((inner[at]! & ~outer[at]!) !== 0) return false;
  return true;
}

export function intersect(a: ImageSet, b: ImageSet): ImageSet {
  return a.map((word, at) => word & b[at]!);
}

export function without(a: ImageSet, b: ImageSet): ImageSet {
  return a.map((word, at) => word & ~b[at]!);
}

export function countImages(set: ImageSet): number {
  let count = 0;
  for (let at = 0; at < set.length; at++) for (let word = set[at]!; word !== 0; word &= word - 1) count += 1;
  return count;
}

/** Equal for equal sets. */
export function setKey(set: ImageSet): string {
  return set.join(",");
}
