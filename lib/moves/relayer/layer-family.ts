import {
  countImages,
  hasImage,
  type ImageSet,
  intersect,
  isSubset,
  listImages,
  openSet,
  setKey,
  without,
} from "./image-sets.ts";

/** Shared layers from which a family starts: with more, choosing among them would take minutes. */
const MAX_SHARED = 2000;

/** A layer: the images that have it, and the classes whose units are in it. */
export interface Member {
  readonly set: ImageSet;
  readonly imageCount: number;
  bytes: number;
  classes: number[];
}

/**
 * The layers of a set of images, each known by the images that have it: two layers of the same images are better one. A layer must be
 * part of each of its images as a whole, so a class is stored in layers whose images are exactly its own, each once. Every image has a
 * layer of its own, which can take anything, at the cost of a copy.
 */
export class LayerFamily {
  /** The layer of each image alone. */
  readonly own: readonly Member[];
  /** Number of layers of each image, its own included. */
  readonly counts: Int32Array;
  /** Layers of several images, those of most images first. */
  #shared: Member[] = [];
  readonly #keys = new Set<string>();
  readonly #imageCount: number;

  constructor(sets: readonly ImageSet[], bytes: Float64Array, imageCount: number) {
    this.#imageCount = imageCount;
    this.own = Array.from({ length: imageCount }, (_, image) => toMember(openSet(imageCount, [image])));
    this.counts = new Int32Array(imageCount).fill(1);
    const kept = new Set(chooseShared(sets, bytes));
    for (const row of kept) put(this.#add(sets[row]!), [row], bytes[row]!);
    this.#sort();
    for (const [row, set] of sets.entries()) {
      if (!kept.has(row)) for (const part of this.partition(set)) put(part, [row], bytes[row]!);
    }
  }

  get shared(): readonly Member[] {
    return this.#shared;
  }

  has(set: ImageSet): boolean {
    return this.#keys.has(setKey(set));
  }

  /** Layers that have exactly the images of a set, each once; without `left`. Greedy: those of most images first. */
  partition(set: ImageSet, ...left: readonly Member[]): Member[] {
    const parts: Member[] = [];
    let rest = set;
    for (const member of this.#shared) {
      if (left.includes(member) || !isSubset(member.set, rest)) continue;
      parts.push(member);
      rest = without(rest, member.set);
    }
    for (const image of listImages(rest)) parts.push(this.own[image]!);
    return parts;
  }

  /** Puts the contents of a shared layer into others that have its images. */
  dissolve(member: Member): void {
    this.#remove(member);
    for (const part of this.partition(member.set)) put(part, member.classes, member.bytes);
  }

  /** Makes one layer of two, for the images that have both; the other images get their contents in other layers. */
  merge(a: Member, b: Member): void {
    this.#remove(a);
    this.#remove(b);
    const common = intersect(a.set, b.set);
    const merged = this.#add(common);
    this.#sort();
    for (const member of [a, b]) {
      for (const part of [merged, ...this.partition(without(member.set, common))]) {
        put(part, member.classes, member.bytes);
      }
    }
  }

  /** Adds a layer for what is stored in several layers that together have its images. `bytes`: by class. */
  restore(set: ImageSet, stored: ReadonlyMap<number, readonly Member[]>, bytes: Float64Array): void {
    const member = this.#add(set);
    this.#sort();
    for (const [row, parts] of stored) {
      put(member, [row], bytes[row]!);
      for (const part of parts) {
        part.classes = part.classes.filter((other) => other !== row);
        part.bytes -= bytes[row]!;
      }
    }
  }

  /** The classes that a layer of these images would take from several layers, with these. */
  findRestorable(set: ImageSet): Map<number, Member[]> {
    const found = new Map<number, Member[]>();
    for (const member of [...this.#shared, ...this.own]) {
      if (!isSubset(member.set, set)) continue;
      for (const row of member.classes) found.set(row, [...(found.get(row) ?? []), member]);
    }
    const imageCount = countImages(set);
    for (const [row, parts] of found) {
      const covered = parts.reduce((sum, part) => sum + part.imageCount, 0);
      if (covered < imageCount || parts.length < 2) found.delete(row);
    }
    return found;
  }

  #add(set: ImageSet): Member {
    const member = toMember(set);
    this.#shared.push(member);
    this.#keys.add(setKey(set));
    for (let image = 0; image < this.#imageCount; image++) if (hasImage(set, image)) this.counts[image]! += 1;
    return member;
  }

  #remove(member: Member): void {
    this.#shared = this.#shared.filter((other) => other !== member);
    this.#keys.delete(setKey(member.set));
    for (const image of listImages(member.set)) this.counts[image]! -= 1;
  }

  #sort(): void {
    this.#shared.sort((a, b) => b.imageCount - a.imageCount || b.bytes - a.bytes);
  }
}

/** The sets of several images that save most as layers. */
function chooseShared(sets: readonly ImageSet[], bytes: Float64Array): number[] {
  const savings = sets.map((set, row) => (countImages(set) - 1) * bytes[row]!);
  const shared = [...sets.keys()].filter((row) => countImages(sets[row]!) > 1);
  return shared.sort((a, b) => savings[b]! - savings[a]! || a - b).slice(0, MAX_SHARED);
}

function toMember(set: ImageSet): Member {
  return { set, imageCount: countImages(set), bytes: 0, classes: [] };
}

function put(member: Member, classes: readonly number[], bytes: number): void {
  for (const row of classes) member.classes.push(row);
  member.bytes += bytes;
}
