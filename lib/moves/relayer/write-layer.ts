import { BLOCK_BYTES, encodeHeader, endBlocks, rewriteHead, type TarMember, Typeflag } from "#lib/formats/tar/index.ts";
import { EntryKind, pathBytes } from "#lib/model/layer.ts";
import type { ReadMembers } from "./image-units.ts";
import type { MemberSpill } from "./member-spill.ts";
import type { EntryPlace, UnitTable } from "./unit-table.ts";

/** Where the members of layers are. */
export interface MemberSource {
  readonly table: UnitTable;
  /** By position. */
  readonly layers: readonly ReadMembers[];
  readonly spill: MemberSpill;
  /** Taken as the time of every member. */
  readonly mtime: number | undefined;
}

/** A directory for files whose layer does not have its attributes: a layer above has. The same in every image, so that layers are. */
const PLAIN_DIRECTORY = { typeflag: Typeflag.directory, mode: 0o755, uid: 0, gid: 0, mtime: 0, byteCount: 0 };

/**
 * The tar of a layer, in an order and form that follow from its units alone. A member is copied as it is in its source, or under
 * another of its names with everything else the same; hard links follow the file that they are links to.
 */
export async function* writeTar(units: Int32Array, source: MemberSource): AsyncGenerator<Uint8Array> {
  const writer = new LayerWriter(source);
  for (const unit of writer.sort(units)) yield* writer.write(unit);
  yield endBlocks();
}

class LayerWriter {
  readonly #source: MemberSource;
  readonly #written = new Set<string>();

  constructor(source: MemberSource) {
    this.#source = source;
  }

  /** By name, directories before what is in them. */
  sort(units: Int32Array): Int32Array {
    const { table } = this.#source;
    const nameOf = (unit: number) => this.#plainPath(unit) ?? this.#nameOf(table.namesOf(unit)[0]!);
    const names = new Map(Array.from(units, (unit) => [unit, toSortable(nameOf(unit))]));
    return units.slice().sort((a, b) => Buffer.compare(names.get(a)!, names.get(b)!));
  }

  *write(unit: number): Generator<Uint8Array> {
    const { table, mtime } = this.#source;
    const plain = this.#plainPath(unit);
    if (plain !== undefined) {
      yield* this.#openParents(Buffer.concat([plain, Buffer.from("/")]));
      return;
    }
    const origin = table.placeOf(unit);
    const [first, ...links] = table.namesOf(unit) as [EntryPlace, ...EntryPlace[]];
    const path = this.#nameOf(first);
    yield* this.#openParents(path);
    this.#written.add(path.toString("latin1"));
    const isRenamed = first.layer !== origin.layer || first.entry !== origin.entry;
    yield* isRenamed || mtime !== undefined ? this.#rewrite(origin, { path, mtime }) : this.#copy(origin);
    for (const link of links) {
      const name = this.#nameOf(link);
      yield* this.#openParents(name);
      yield rewriteHead(this.#headOf(origin), { path: name, hardLink: path, mtime });
    }
  }

  *#openParents(path: Buffer): Generator<Uint8Array> {
    for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1)) {
      const parent = path.subarray(0, slash);
      const key = parent.toString("latin1");
      if (this.#written.has(key)) continue;
      this.#written.add(key);
      const member: TarMember = { ...PLAIN_DIRECTORY, path: Buffer.concat([parent, Buffer.from("/")]) };
      yield encodeHeader(member);
    }
  }

  *#copy({ layer, entry }: EntryPlace): Generator<Uint8Array> {
    const { start, length } = this.#source.layers[layer]!.columns;
    yield* this.#source.spill.read(start[entry]!, length[entry]!);
  }

  *#rewrite(place: EntryPlace, change: { path: Uint8Array; mtime: number | undefined }): Generator<Uint8Array> {
    const { start, length } = this.#source.layers[place.layer]!.columns;
    const head = this.#headOf(place);
    const isDirectory = this.#source.layers[place.layer]!.scan.entries.kind[place.entry] === EntryKind.directory;
    yield rewriteHead(head, isDirectory ? { ...change, path: toDirectory(change.path) } : change);
    yield* this.#source.spill.read(start[place.entry]! + head.length, length[place.entry]! - head.length);
  }

  /** All but the body and its padding. */
  #headOf({ layer, entry }: EntryPlace): Buffer {
    const { columns, scan } = this.#source.layers[layer]!;
    const bodyBytes = Math.ceil(scan.entries.contentSize[entry]! / BLOCK_BYTES) * BLOCK_BYTES;
    return Buffer.concat([...this.#source.spill.read(columns.start[entry]!, columns.length[entry]! - bodyBytes)]);
  }

  #plainPath(unit: number): Buffer | undefined {
    const path = this.#source.table.plainPath(unit);
    return path === undefined ? undefined : pathBytes(path);
  }

  #nameOf({ layer, entry }: EntryPlace): Buffer {
    const { names, pathStart, pathEnd } = this.#source.layers[layer]!.scan.entries;
    return Buffer.from(names.buffer, names.byteOffset + pathStart[entry]!, pathEnd[entry]! - pathStart[entry]!);
  }
}

/** Some writers of old marked directories by their names alone. */
function toDirectory(path: Uint8Array): Uint8Array {
  return Buffer.concat([path.length === 0 ? Buffer.from(".") : path, Buffer.from("/")]);
}

/** A slash comes before all other bytes, so that what is in a directory follows it at once. */
function toSortable(name: Buffer): Buffer {
  return Buffer.from(name.map((byte) => (byte === 0x2f ? 0 : byte)));
}
