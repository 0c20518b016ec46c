import { countImages, hasImage, type ImageSet, intersect, listImages, setKey, without } from "./image-sets.ts";
import { LayerFamily, type Member } from "./layer-family.ts";

/** The lightest layers of an image that are compared, alone and in pairs. */
const COMPARED = 32;
/** With more layers than this in the set, they are compared alone. */
const MANY_LAYERS = 256;
/** Layers that were given up and are tried again at the end. */
const TRIED_AGAIN = 256;

/** One step that gives up a layer: a single one, or two for one of the images that have both. */
interface Step {
  readonly members: readonly Member[];
  /** Bytes that are stored once more. */
  readonly cost: number;
  /** How many images over the limit have a layer less. */
  readonly relieved: number;
}

/**
 * Layers for a set of images, at most `maxLayers` in each, with few bytes in all. Each class begins as a layer, which is the least that
 * layers can need. While an image has too many, the step is taken that stores the fewest bytes again for each image it relieves. At
 * the end, layers for which there is room again come back.
 *
 * `sets`: distinct; `bytes`: by set. Images have their own layer in any case. The optimum is a set partition problem (NP-hard);
 * testing/oracles/naive-relayer.ts has it for small sets.
 */
export function fitLayers(
  sets: readonly ImageSet[],
  bytes: Float64Array,
  { imageCount, maxLayers }: { imageCount: number; maxLayers: number },
): LayerFamily {
  const family = new LayerFamily(sets, bytes, imageCount);
  const given = new Map<string, ImageSet>();
  for (let image = mostLayers(family); family.counts[image]! > maxLayers; image = mostLayers(family)) {
    const { members } = findStep(family, image, maxLayers);
    for (const { set } of members) given.set(setKey(set), set);
    if (members.length === 1) family.dissolve(members[0]!);
    else family.merge(members[0]!, members[1]!);
  }
  restoreGiven(family, [...given.values()].slice(-TRIED_AGAIN), bytes, maxLayers);
  return family;
}

/** The image with the most layers; -1 of an empty set, whose count is `undefined`. */
function mostLayers({ counts }: LayerFamily): number {
  let most = counts.length === 0 ? -1 : 0;
  for (let image = 1; image < counts.length; image++) if (counts[image]! > counts[most]!) most = image;
  return most;
}

function findStep(family: LayerFamily, image: number, maxLayers: number): Step {
  const members = family.shared
    .filter(({ set }) => hasImage(set, image))
    .sort((a, b) => a.bytes - b.bytes)
    .slice(0, COMPARED);
  const isOver = (each: number) => family.counts[each]! > maxLayers;
  const steps = members.map((member) => toDissolving(family, member, isOver));
  const paired = family.shared.length > MANY_LAYERS ? [] : members;
  for (const [at, a] of paired.entries()) {
    for (const b of members.slice(at + 1)) {
      const common = intersect(a.set, b.set);
      if (countImages(common) > 1 && !family.has(common)) steps.push(toMerging(family, a, b, isOver));
    }
  }
  return steps.reduce((best, step) => (isBetter(step, best) ? step : best));
}

function isBetter(a: Step, b: Step): boolean {
  const difference = a.cost * b.relieved - b.cost * a.relieved;
  return difference < 0 || (difference === 0 && a.relieved > b.relieved);
}

function toDissolving(family: LayerFamily, member: Member, isOver: (image: number) => boolean): Step {
  const copies = family.partition(member.set, member).length - 1;
  return { members: [member], cost: member.bytes * copies, relieved: listImages(member.set).filter(isOver).length };
}

function toMerging(family: LayerFamily, a: Member, b: Member, isOver: (image: number) => boolean): Step {
  const common = intersect(a.set, b.set);
  const cost = [a, b].reduce((sum, member) => {
    return sum + member.bytes * family.partition(without(member.set, common), a, b).length;
  }, 0);
  const images = new Set([...listImages(a.set), ...listImages(b.set)]);
  return { members: [a, b], cost, relieved: [...images].filter(isOver).length };
}

/** A later step may have relieved all images of a layer that an earlier one gave up. */
function restoreGiven(family: LayerFamily, given: readonly ImageSet[], bytes: Float64Array, maxLayers: number): void {
  const open = given.filter((set) => !family.has(set));
  for (;;) {
    let best: { set: ImageSet; stored: Map<number, Member[]>; saved: number } | undefined;
    for (const set of open) {
      if (listImages(set).some((image) => family.counts[image]! >= maxLayers)) continue;
      const stored = family.findRestorable(set);
      const saved = [...stored].reduce((sum, [row, parts]) => sum + bytes[row]! * (parts.length - 1), 0);
      if (saved > (best?.saved ?? 0)) best = { set, stored, saved };
    }
    if (best === undefined) return;
    family.restore(best.set, best.stored, bytes);
    open.splice(open.indexOf(best.set), 1);
  }
}
