import { type Bases, basesFirst, listBelow } from "./families.ts";
import { isCurrent } from "./find-bases.ts";

/** When names referred to an image. Times are milliseconds since the epoch; `until`: `null` while a name refers to it. */
export interface NamedImage {
  readonly platform: string;
  readonly names: readonly { readonly name: string; readonly since: number | null; readonly until: number | null }[];
}

/** A name that refers to a newer image now. */
export interface Moved {
  readonly name: string;
  readonly newer: number;
  readonly since: number | null;
}

/** An image that stands on an older snapshot. */
export interface Stale {
  readonly image: number;
  /** The snapshot to build it on; `undefined` if its base keeps its name, and is built again before. */
  readonly moved: Moved | undefined;
  readonly wave: number;
}

/** For each image the name that moved from it last to another image of its platform; `undefined` if none did. */
export function findMoved(images: readonly NamedImage[]): (Moved | undefined)[] {
  const holders = new Map<string, Moved>();
  for (const [newer, { names }] of images.entries()) {
    for (const { name, since, until } of names) if (until === null) holders.set(name, { name, newer, since });
  }
  return images.map(({ names, platform }, image) => {
    const moves = names
      .filter(({ until }) => until !== null)
      .flatMap(({ name }) => holders.get(name) ?? [])
      .filter(({ newer }) => newer !== image && images[newer]!.platform === platform);
    return moves.sort((a, b) => (b.since ?? 0) - (a.since ?? 0) || (a.name < b.name ? -1 : 1))[0];
  });
}

/**
 * The images that stand on an older snapshot, directly or through others, in waves: an image is built after what it is built on.
 * One without a current name is an older snapshot itself: nothing has to be built again for it.
 */
export function findStale(images: readonly NamedImage[], bases: Bases, moved: readonly (Moved | undefined)[]): Stale[] {
  const next = new Map<number, { readonly moved: Moved | undefined; readonly on: number }>();
  for (const image of basesFirst(bases)) {
    const base = bases[image]!;
    if (base === -1 || !isCurrent(images[image]!)) continue;
    const move = moved[base];
    if (move !== undefined && !standsOn(bases, move.newer, image)) next.set(image, { moved: move, on: move.newer });
    else if (next.has(base)) next.set(image, { moved: undefined, on: base });
  }
  const waves = countWaves(new Map([...next].map(([image, { on }]) => [image, on])));
  return [...next].map(([image, step]) => ({ image, moved: step.moved, wave: waves.get(image)! }));
}

/** A base's name may have moved to an image that was built on it: that one is not stale. */
function standsOn(bases: Bases, upper: number, lower: number): boolean {
  return upper === lower || listBelow(bases, upper).includes(lower);
}

/**
 * By image 1, or one more than the image that it is built on, if that is built again, too. Names can move so that images wait for each
 * other in a circle: the first one of it is not made to wait.
 */
export function countWaves(builtOn: ReadonlyMap<number, number>): Map<number, number> {
  const waves = new Map<number, number>();
  for (const start of builtOn.keys()) {
    const way = new Set<number>();
    let at: number | undefined = start;
    for (; at !== undefined && builtOn.has(at) && !waves.has(at) && !way.has(at); at = builtOn.get(at)) way.add(at);
    let wave = at === undefined ? 0 : (waves.get(at) ?? 0);
    for (const image of [...way].reverse()) waves.set(image, ++wave);
  }
  return waves;
}
