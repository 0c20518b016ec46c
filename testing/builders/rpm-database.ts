import { DatabaseSync } from "node:sqlite";
import { Tag } from "#lib/formats/rpm/header.ts";

/** An rpm for tests; requirements and capabilities as `[name, sense, version]`, sense as rpm's bits (2 <, 4 >, 8 =). */
export interface RpmRecord {
  readonly name: string;
  readonly version?: string;
  readonly release?: string;
  readonly epoch?: number;
  readonly arch?: string;
  readonly requires?: readonly Capability[];
  readonly provides?: readonly Capability[];
  /** Absolute paths. */
  readonly files?: readonly string[];
  readonly ghosts?: readonly string[];
  readonly absent?: readonly string[];
}

type Capability = readonly [name: string, flags?: number, version?: string];

/** A tag's value: a text, texts, or 32-bit numbers (`bytes`: 8-bit). */
type Value = string | readonly string[] | readonly number[] | { readonly bytes: readonly number[] };

/** A package's header as rpm stores it in its databases. */
export function rpmHeader(record: RpmRecord): Buffer {
  const { name, version = "1", release = "1", epoch, arch = "x86_64" } = record;
  const { requires = [], provides = [] } = record;
  return encodeHeader([
    [Tag.name, name],
    [Tag.version, version],
    [Tag.release, release],
    ...(epoch === undefined ? [] : [[Tag.epoch, [epoch]] as const]),
    [Tag.arch, arch],
    [Tag.requireName, requires.map(([each]) => each)],
    [Tag.requireFlags, requires.map(([, flags = 0]) => flags)],
    [Tag.requireVersion, requires.map(([, , text = ""]) => text)],
    [Tag.provideName, provides.map(([each]) => each)],
    [Tag.provideFlags, provides.map(([, flags = 0]) => flags)],
    [Tag.provideVersion, provides.map(([, , text = ""]) => text)],
    ...fileTags(record),
  ]);
}

function fileTags({ files = [], ghosts = [], absent = [] }: RpmRecord): (readonly [number, Value])[] {
  const paths = [...files, ...ghosts, ...absent];
  const directoryOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
  const directories = [...new Set(paths.map(directoryOf))];
  return [
    [Tag.baseNames, paths.map((path) => path.slice(path.lastIndexOf("/") + 1))],
    [Tag.directoryNames, directories],
    [Tag.directoryIndexes, paths.map((path) => directories.indexOf(directoryOf(path)))],
    [Tag.fileFlags, paths.map((path) => (ghosts.includes(path) ? 64 : 0))],
    [Tag.fileStates, { bytes: paths.map((path) => (absent.includes(path) ? 2 : 0)) }],
  ];
}

/** A header of any tags; empty lists are left out, as rpm leaves them out. */
export function encodeHeader(tags: readonly (readonly [number, Value])[]): Buffer {
  const entries: number[][] = [];
  let store = Buffer.alloc(0);
  for (const [tag, value] of tags) {
    const { type, count, body, align } = encodeValue(value);
    if (count === 0) continue;
    store = Buffer.concat([store, Buffer.alloc(-store.length & (align - 1))]);
    entries.push([tag, type, store.length, count]);
    store = Buffer.concat([store, body]);
  }
  const words = [entries.length, store.length, ...entries.flat()];
  const index = Buffer.alloc(4 * words.length);
  for (const [i, word] of words.entries()) index.writeUInt32BE(word, 4 * i);
  return Buffer.concat([index, store]);
}

function encodeValue(value: Value) {
  if (typeof value === "string") return { type: 6, count: 1, body: Buffer.from(`${value}\0`), align: 1 };
  if ("bytes" in value) return { type: 2, count: value.bytes.length, body: Buffer.from(value.bytes), align: 1 };
  if (value.every((each) => typeof each === "string"))
    return { type: 8, count: value.length, body: Buffer.from(value.map((text) => `${text}\0`).join("")), align: 1 };
  const body = Buffer.alloc(4 * value.length);
  for (const [i, number] of (value as readonly number[]).entries()) body.writeUInt32BE(number, 4 * i);
  return { type: 4, count: value.length, body, align: 4 };
}

/** `Packages.db`: a page of slots for 254 packages each, then the blobs. */
export function ndbDatabase(headers: readonly Uint8Array[]): Buffer {
  const pageCount = Math.ceil((headers.length + 2) / 256);
  const slots = Buffer.alloc(4096 * pageCount);
  slots.write("RpmP");
  slots.writeUInt32LE(pageCount, 12);
  for (let at = 32; at < slots.length; at += 16) slots.write("Slot", at);
  const blobs: Buffer[] = [];
  let block = slots.length / 16;
  for (const [i, header] of headers.entries()) {
    const blockCount = Math.ceil((16 + header.length + 12) / 16);
    slots.writeUInt32LE(i + 1, 32 + 16 * i + 4);
    slots.writeUInt32LE(block, 32 + 16 * i + 8);
    slots.writeUInt32LE(blockCount, 32 + 16 * i + 12);
    const blob = Buffer.alloc(16 * blockCount);
    blob.write("BlbS");
    blob.writeUInt32LE(i + 1, 4);
    blob.writeUInt32LE(header.length, 12);
    blob.set(header, 16);
    blobs.push(blob);
    block += blockCount;
  }
  return Buffer.concat([slots, ...blobs]);
}

/** `rpmdb.sqlite`; `log`: the records are in the log, and not yet in the database. */
export function sqliteDatabase(file: string, headers: readonly Uint8Array[], pageBytes = 4096): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`pragma page_size = ${pageBytes}; pragma journal_mode = wal`);
  database.exec("create table if not exists Packages (hnum integer primary key autoincrement, blob blob not null)");
  const insert = database.prepare("insert into Packages (blob) values (?)");
  database.exec("begin");
  for (const header of headers) insert.run(header);
  database.exec("commit");
  return database;
}

interface BerkeleyForm {
  readonly isBig?: boolean;
  readonly pageBytes?: number;
}

/** `Packages` of Berkeley DB: each record in a bucket's page of its own, longer ones in chains of overflow pages. */
export function berkeleyDatabase(headers: readonly Uint8Array[], form: BerkeleyForm = {}): Buffer {
  const { isBig = false, pageBytes = 512 } = form;
  const pages: Buffer[] = [Buffer.alloc(pageBytes)];
  const addPage = (type: number): Buffer => {
    const page = Buffer.alloc(pageBytes);
    page[25] = type;
    pages.push(page);
    return page;
  };
  const u16 = (page: Buffer, value: number, at: number) =>
    isBig ? page.writeUInt16BE(value, at) : page.writeUInt16LE(value, at);
  const u32 = (page: Buffer, value: number, at: number) =>
    isBig ? page.writeUInt32BE(value, at) : page.writeUInt32LE(value, at);
  const addChain = (body: Uint8Array): number => {
    const first = pages.length;
    for (let at = 0; at < body.length; at += pageBytes - 26) {
      const piece = body.subarray(at, at + pageBytes - 26);
      const page = addPage(7);
      page.set(piece, 26);
      u16(page, piece.length, 22);
      if (at + piece.length < body.length) u32(page, pages.length, 16);
    }
    return first;
  };
  for (const [i, header] of [Buffer.from([7, 0, 0, 0]), ...headers].entries()) {
    const page = addPage(13);
    const isLong = header.length > pageBytes / 4;
    const value = isLong ? Buffer.alloc(12) : Buffer.concat([Buffer.from([1]), header]);
    if (isLong) {
      value[0] = 3;
      u32(value, addChain(header), 4);
      u32(value, header.length, 8);
    }
    const key = pageBytes - 5;
    page[key] = 1;
    u32(page, i, key + 1);
    page.set(value, key - value.length);
    u16(page, 2, 20);
    u16(page, key, 26);
    u16(page, key - value.length, 28);
  }
  const [meta] = pages;
  u32(meta!, 0x61561, 12);
  u32(meta!, 9, 16);
  u32(meta!, pageBytes, 20);
  meta![25] = 8;
  u32(meta!, pages.length - 1, 32);
  return Buffer.concat(pages);
}
