import { EntryKind } from "#lib/model/layer.ts";
import type { LayerDeed, LayerFile } from "#lib/model/layer-files.ts";

/** An entry of the layer, in tar order. */
interface OwnEntry {
  readonly ordinal: number;
  readonly path: string;
  readonly kind: EntryKind;
  readonly bytes: number;
  readonly target: string;
  readonly contentId: number;
}

/** An entry of another layer of the image. */
interface OtherEntry {
  readonly layer: number;
  readonly path: string;
  readonly kind: EntryKind;
  readonly contentId: number;
}

/** A body that no container sees. */
interface Wasted {
  readonly path: string;
  readonly bytes: number;
  readonly layer: number;
  readonly hiddenBy: number;
}

export interface LayerInput {
  /** Position of the layer. */
  readonly layer: number;
  readonly own: readonly OwnEntry[];
  /** Entries of other layers at the same paths, whiteouts included. */
  readonly same: readonly OtherEntry[];
  /** Entries of other layers at the directories above them that are no directories. */
  readonly ends: readonly OtherEntry[];
  /** Directories of the entries of other layers: one without an entry of its own is there all the same. */
  readonly directories: readonly { readonly layer: number; readonly path: string }[];
  /** Bodies that are in this layer, or that it hides. */
  readonly wasted: readonly Wasted[];
}

/** Every directory above a path, the nearest first; the root is "". */
export function* directoriesAbove(path: string): Generator<string> {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) yield path.slice(0, at);
  if (path !== "") yield "";
}

/**
 * What a layer does to the paths of the layers below it, and what layers above do to its own (OCI image spec, "Applying changesets").
 * The first row of a path is its last entry; earlier entries of the same path are hidden by their own layer. Removed files follow.
 */
export function computeLayerFiles(input: LayerInput): LayerFile[] {
  const ends = new PathEnds(input.same, input.ends);
  const byPath = groupByPath([...listImplied(input), ...input.same]);
  const wasted = new WastedBytes(input);
  const last = new Map<string, number>();
  for (const { path, kind, ordinal } of input.own) if (kind < EntryKind.whiteout) last.set(path, ordinal);
  const files = input.own
    .filter(({ kind }) => kind < EntryKind.whiteout)
    .map((entry) => {
      const others = byPath.get(entry.path) ?? [];
      const before = findBefore(entry.path, others, ends, input.layer);
      const isRepeated = last.get(entry.path) !== entry.ordinal;
      const hiddenBy = isRepeated ? input.layer : findHiding(entry, others, ends, input.layer);
      return toFile(entry, before, hiddenBy, wasted);
    });
  return [...files, ...listRemoved(input, last, byPath, ends)];
}

/** The directories of other layers at paths of this one, as entries. */
function listImplied({ own, directories }: LayerInput): OtherEntry[] {
  const paths = new Set(own.map(({ path }) => path));
  const implied: OtherEntry[] = [];
  const seen = new Map<number, Set<string>>();
  for (const { layer, path } of directories) {
    const known = seen.get(layer) ?? new Set();
    seen.set(layer, known);
    for (const directory of [path, ...directoriesAbove(path)]) {
      if (known.has(directory)) break;
      known.add(directory);
      if (paths.has(directory)) implied.push({ layer, path: directory, kind: EntryKind.directory, contentId: -1 });
    }
  }
  return implied;
}

function toFile(entry: OwnEntry, before: OtherEntry | undefined, hiddenBy: number, wasted: WastedBytes): LayerFile {
  const { ordinal, path, kind, bytes, target } = entry;
  const found = kind === EntryKind.file && hiddenBy >= 0 ? wasted.take(path, bytes) : undefined;
  return {
    ordinal,
    path,
    kind,
    bytes,
    target,
    deed: toDeed(kind, before),
    from: before?.layer ?? -1,
    isSameContent: before !== undefined && entry.contentId >= 0 && before.contentId === entry.contentId,
    hiddenBy: found?.hiddenBy ?? hiddenBy,
    hiddenBytes: found?.bytes ?? 0,
  };
}

function toDeed(kind: EntryKind, before: OtherEntry | undefined): LayerDeed {
  if (before === undefined) return "added";
  return kind === EntryKind.directory && before.kind === EntryKind.directory ? "kept" : "changed";
}

/** The entry that a container of the layers below would see at this path. */
function findBefore(
  path: string,
  others: readonly OtherEntry[],
  ends: PathEnds,
  layer: number,
): OtherEntry | undefined {
  let found: OtherEntry | undefined;
  for (const other of others) {
    if (other.layer >= layer || other.kind >= EntryKind.whiteout) continue;
    if (found === undefined || other.layer >= found.layer) found = other;
  }
  return found !== undefined && ends.first(path, found.layer) < layer ? undefined : found;
}

/** The first layer above that hides an entry; -1 if there is none. A directory over a directory hides nothing. */
function findHiding({ path, kind }: OwnEntry, others: readonly OtherEntry[], ends: PathEnds, layer: number): number {
  let first = ends.first(path, layer);
  for (const other of others) {
    const isMerged = kind === EntryKind.directory && other.kind === EntryKind.directory;
    if (other.layer > layer && other.kind < EntryKind.whiteout && !isMerged) first = Math.min(first, other.layer);
  }
  return first === Number.POSITIVE_INFINITY ? -1 : first;
}

/** Removed files with bytes, and what else the layer's whiteouts name. */
function listRemoved(
  { layer, own, wasted }: LayerInput,
  last: ReadonlyMap<string, number>,
  byPath: ReadonlyMap<string, readonly OtherEntry[]>,
  ends: PathEnds,
): LayerFile[] {
  const files = wasted
    .filter((body) => body.hiddenBy === layer && body.layer !== layer && !last.has(body.path))
    .map((body) => toRemoved(body.path, body.bytes, body.layer, EntryKind.file, -1));
  const above = new Set(files.flatMap(({ path }) => [path, ...directoriesAbove(path)]));
  for (const { path, kind, ordinal } of own) {
    if (kind !== EntryKind.whiteout || above.has(path) || last.has(path)) continue;
    const before = findBefore(path, byPath.get(path) ?? [], ends, layer);
    if (before !== undefined) files.push(toRemoved(path, 0, before.layer, before.kind, ordinal));
  }
  return files;
}

function toRemoved(path: string, bytes: number, from: number, kind: EntryKind, ordinal: number): LayerFile {
  const rest = { target: "", isSameContent: false, hiddenBy: -1, hiddenBytes: 0 } as const;
  return { path, kind, ordinal, bytes, deed: "removed", from, ...rest };
}

/** The layers in which paths, and everything under them, end. */
class PathEnds {
  readonly #self = new Map<string, number[]>();
  readonly #below = new Map<string, number[]>();

  constructor(same: readonly OtherEntry[], above: readonly OtherEntry[]) {
    for (const { path, layer, kind } of same) if (kind === EntryKind.whiteout) push(this.#self, path, layer);
    for (const { path, layer } of above) push(this.#below, path, layer);
  }

  /** The first layer above `layer` that removes what it has at this path; Infinity if none does. */
  first(path: string, layer: number): number {
    let first = firstAbove(this.#self.get(path), layer);
    for (const directory of directoriesAbove(path))
      first = Math.min(first, firstAbove(this.#below.get(directory), layer));
    return first;
  }
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

function firstAbove(layers: readonly number[] = [], layer: number): number {
  return layers.reduce((first, each) => (each > layer ? Math.min(first, each) : first), Number.POSITIVE_INFINITY);
}

function groupByPath(entries: readonly OtherEntry[]): Map<string, OtherEntry[]> {
  const groups = new Map<string, OtherEntry[]>();
  for (const entry of entries) push(groups, entry.path, entry);
  return groups;
}

/** The wasted bodies of the layer: the squash that a scan made is the authority on bytes. */
class WastedBytes {
  readonly #byPath = new Map<string, Wasted[]>();

  constructor({ layer, wasted }: LayerInput) {
    for (const body of wasted) if (body.layer === layer) push(this.#byPath, body.path, body);
  }

  /** A path may be repeated in one tar, with as many bodies. */
  take(path: string, bytes: number): Wasted | undefined {
    const bodies = this.#byPath.get(path) ?? [];
    const at = bodies.findIndex((body) => body.bytes === bytes);
    return at === -1 ? undefined : bodies.splice(at, 1)[0];
  }
}
