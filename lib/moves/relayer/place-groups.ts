import { createHash } from "node:crypto";

/** The files of one component, or others that change together. */
export interface FileGroup {
  readonly name: string;
  readonly bytes: number;
  /** Of no package that has versions: written anew by whatever builds the image. */
  readonly isVolatile: boolean;
  /** Equal as long as the group's files are. */
  readonly fingerprint: string;
}

/** What a plan remembers of a group. */
export interface KnownGroup {
  /** The layer it was in; `undefined`: the one on top. */
  readonly layer: string | undefined;
  readonly fingerprint: string;
  /** Number of plans it was in, and of those in which it differed from the one before. */
  readonly seen: number;
  readonly changed: number;
}

/** Layer by group, with history. */
export type Placement = ReadonlyMap<string, KnownGroup>;

/** Plans in which a group changed before it counts as one that always does. */
const MIN_CHANGES = 2;
/** A layer of several groups, by number. */
const SHARED = "shared-";

/**
 * Assigns groups to at most `maxLayers` layers, and what changes with every build to the layer on top.
 *
 * A new version stores a layer again if one of its groups changed. Big groups therefore have a layer each; small ones share the others,
 * each in the one that a hash of its name picks, so that other groups and sizes do not move it. With `previous`, a group stays where it
 * was. One that changed and does so most times moves to the top: that version stores its old layer again in any case.
 */
export function placeGroups(
  groups: readonly FileGroup[],
  maxLayers: number,
  previous: Placement = new Map(),
): Placement {
  const kept = keepLayers(groups, maxLayers, previous);
  const placed = new Map<string, string | undefined>();
  for (const { name, fingerprint } of groups) {
    const known = previous.get(name);
    if (known !== undefined) placed.set(name, isRestless(known, fingerprint) ? undefined : kept.get(name));
  }
  const fresh = groups.filter(({ name }) => !placed.has(name));
  const used = new Set([...placed.values()].filter((layer) => layer !== undefined));
  for (const [name, layer] of placeNew(fresh, maxLayers - used.size, [...used].filter(isShared)))
    placed.set(name, layer);
  return new Map(
    groups.map((group) => [group.name, remember(group, placed.get(group.name), previous.get(group.name))]),
  );
}

const isShared = (layer: string) => layer.startsWith(SHARED);

/** In a layer of its own it may change as often as it likes. */
function isRestless({ layer, fingerprint, seen, changed }: KnownGroup, now: string): boolean {
  if (layer === undefined || !isShared(layer)) return false;
  return fingerprint !== now && changed + 1 >= MIN_CHANGES && 2 * (changed + 1) >= seen;
}

function remember({ fingerprint }: FileGroup, layer: string | undefined, known?: KnownGroup): KnownGroup {
  if (known === undefined) return { layer, fingerprint, seen: 1, changed: 0 };
  const changed = known.changed + (known.fingerprint === fingerprint ? 0 : 1);
  return { layer, fingerprint, seen: known.seen + 1, changed };
}

/** The layers of the previous plan; with a lower limit, the lightest ones go into those that are left. */
function keepLayers(groups: readonly FileGroup[], maxLayers: number, previous: Placement) {
  const bytes = new Map<string, number>();
  for (const group of groups) {
    const layer = previous.get(group.name)?.layer;
    if (layer !== undefined) bytes.set(layer, (bytes.get(layer) ?? 0) + group.bytes);
  }
  const layers = [...bytes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([layer]) => layer);
  const kept = layers.slice(0, maxLayers);
  const shared = kept.filter(isShared);
  // Big groups stay alone as long as they can.
  const open = shared.length > 0 ? shared : kept.slice(-1);
  const layerOf = (layer: string) => (kept.includes(layer) ? layer : open.length === 0 ? undefined : pick(layer, open));
  return new Map([...previous].map(([name, { layer }]) => [name, layer === undefined ? undefined : layerOf(layer)]));
}

/** Groups that no plan knows. `shared`: the layers that they may join, if there are any. */
function placeNew(
  groups: readonly FileGroup[],
  room: number,
  shared: readonly string[],
): Map<string, string | undefined> {
  const sorted = [...groups].sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
  const small = sorted.filter(({ isVolatile }) => !isVolatile);
  const singleCount = shared.length > 0 ? room : countSingles(sorted, room);
  const single = sorted.slice(0, Math.max(singleCount, 0));
  const rest = new Set(small.filter((group) => !single.includes(group)));
  const bins = shared.length > 0 ? shared : openShared(Math.min(room - single.length, rest.size));
  const layerOf = (group: FileGroup) => {
    if (single.includes(group)) return group.name;
    return rest.has(group) && bins.length > 0 ? pick(group.name, bins) : undefined;
  };
  return new Map(sorted.map((group) => [group.name, layerOf(group)]));
}

const openShared = (count: number) => Array.from({ length: Math.max(count, 0) }, (_, at) => `${SHARED}${at + 1}`);

/**
 * How many of the largest groups get a layer each: the share of all layers, in quarters, with which one changed group stores the fewest
 * bytes again on average. Quarters, so that a group more or less does not move the border.
 */
function countSingles(sorted: readonly FileGroup[], room: number): number {
  if (sorted.length <= room) return sorted.length;
  const counts = [0, 1, 2, 3].map((quarter) => Math.floor((room * quarter) / 4));
  const costs = counts.map((count) => expectedBytes(sorted, count, room - count));
  return counts[costs.indexOf(Math.min(...costs))] ?? 0;
}

/** Σ over groups of the bytes of their layer: each is as likely to change as any other. */
function expectedBytes(sorted: readonly FileGroup[], singleCount: number, sharedCount: number): number {
  const sum = (groups: readonly FileGroup[]) => groups.reduce((total, { bytes }) => total + bytes, 0);
  const rest = sorted.slice(singleCount);
  return sum(sorted.slice(0, singleCount)) + (sum(rest) * rest.length) / Math.max(sharedCount, 1);
}

/** Rendezvous hashing (Thaler and Ravishankar, 1998): a layer more or less moves only the names of that layer. */
function pick(name: string, layers: readonly string[]): string {
  const score = (layer: string) => createHash("sha256").update(`${layer}\0${name}`).digest().readUIntBE(0, 6);
  return layers.reduce((best, layer) => (score(layer) > score(best) ? layer : best));
}
