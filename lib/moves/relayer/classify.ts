import { type ImageSet, openSet } from "./image-sets.ts";

/** Units grouped by the set of images that have them. Sets are distinct. */
export interface UnitClasses {
  /** Class of each unit; -1 if no image has it. */
  readonly classOf: Int32Array;
  readonly sets: readonly ImageSet[];
  /** Bytes of all units of each class. */
  readonly bytes: Float64Array;
}

/**
 * Classes by refinement: an image splits every class of which it has only a part. Linear in the units of all images.
 * `images[i]`: the distinct units of image i. `bytes`: by unit.
 */
export function classify(images: readonly Int32Array[], bytes: Float64Array): UnitClasses {
  const refined = new Int32Array(bytes.length).fill(-1);
  /** (class, image) → the class of the same images and this one. */
  const next = new Map<number, number>();
  const origin: (readonly [number, number])[] = [];
  for (const [image, units] of images.entries()) {
    for (const unit of units) {
      const key = (refined[unit]! + 1) * images.length + image;
      let found = next.get(key);
      if (found === undefined) {
        found = origin.push([refined[unit]!, image]) - 1;
        next.set(key, found);
      }
      refined[unit] = found;
    }
  }
  return toClasses(refined, origin, images.length, bytes);
}

/** Leaves out the classes that were split up entirely. */
function toClasses(
  refined: Int32Array,
  origin: readonly (readonly [number, number])[],
  imageCount: number,
  bytes: Float64Array,
): UnitClasses {
  const row = new Int32Array(origin.length).fill(-1);
  const sets: ImageSet[] = [];
  const sums: number[] = [];
  const classOf = refined.map((found, unit) => {
    if (found === -1) return -1;
    if (row[found] === -1) {
      row[found] = sets.push(openSet(imageCount, listOrigin(origin, found))) - 1;
      sums.push(0);
    }
    sums[row[found]!]! += bytes[unit]!;
    return row[found]!;
  });
  return { classOf, sets, bytes: Float64Array.from(sums) };
}

function* listOrigin(origin: readonly (readonly [number, number])[], start: number): Generator<number> {
  for (let at = start; at >= 0; at = origin[at]![0]) yield origin[at]![1];
}
