import type { ChunkSizes } from "./chunk.ts";
import type { DiffId, Digest } from "./digest.ts";
import type { Problem } from "./problem.ts";

/** The kind of a tar entry. The numbers are stored in the database: append, never renumber. */
export const EntryKind = {
  file: 0,
  directory: 1,
  symlink: 2,
  hardLink: 3,
  charDevice: 4,
  blockDevice: 5,
  fifo: 6,
  /** `.wh.NAME`: hides NAME of the layers below (image-spec `layer.md#whiteouts`). `path` is NAME's, without the prefix. */
  whiteout: 7,
  /** `.wh..wh..opq`: hides every sibling of the layers below. `path` is the directory's. */
  opaqueWhiteout: 8,
  /** A name reserved by engines (AUFS's records, a whiteout of nothing): in the tar, but in no tree. */
  reserved: 9,
} as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];
export type EntryKindName = keyof typeof EntryKind;

/** By EntryKind. */
export const ENTRY_KIND_NAMES = Object.keys(EntryKind) as EntryKindName[];

/**
 * The entries of one layer in tar order, in columns, row i one entry. Columns rather than objects: a layer of 500,000 entries
 * crosses from its worker thread without a copy, and takes 60 bytes per row plus its names.
 *
 * Paths are relative to the root, without a leading `./` or `/` and without a trailing `/`; the root itself is "". They are the
 * raw bytes of the archive, which need not be UTF-8 (see `displayPath`).
 */
export interface LayerEntries {
  readonly count: number;
  readonly kind: Uint8Array;
  /** Permission bits with setuid, setgid and sticky (12 bits). */
  readonly mode: Uint16Array;
  readonly uid: Uint32Array;
  readonly gid: Uint32Array;
  /** Bytes of the body in the tar; 0 except for `file`, and for bodies under a whiteout's or a reserved name. */
  readonly contentSize: Float64Array;
  /** Seconds since the epoch. */
  readonly mtime: Float64Array;
  /** Row in `LayerScan.contents`, -1 except for `file`. */
  readonly content: Int32Array;
  /** Row i's path is `names[pathStart[i] … pathEnd[i])`. */
  readonly pathStart: Uint32Array;
  readonly pathEnd: Uint32Array;
  /** A symlink's target as written; a hard link's target normalised like a path. Empty (start = end) for other kinds. */
  readonly linkStart: Uint32Array;
  readonly linkEnd: Uint32Array;
  readonly names: Uint8Array;
}

/** The distinct file bodies of one layer, each hashed once. Row i: `sha256[32 i … 32 i + 32)`, `byteCount[i]` bytes. */
export interface LayerContents {
  readonly count: number;
  readonly sha256: Uint8Array;
  readonly byteCount: Float64Array;
}

/**
 * The chunks of the distinct bodies of one layer. Body i of `LayerScan.contents` is the chunks `rows[start[i] … start[i + 1])` in
 * order, each a row of `chunks`, whose own rows are distinct too. An empty body has no chunk.
 */
export interface LayerChunks {
  readonly sizes: ChunkSizes;
  readonly chunks: LayerContents;
  /** One more than there are bodies. */
  readonly start: Uint32Array;
  readonly rows: Int32Array;
}

/** In place of an entry's row: the document is about all entries of its layer. */
export const WHOLE_LAYER = -1;

/** A file whose body package detection reads (a package database, a package.json): stored whole, as a fact about its layer. */
export interface LayerDocument {
  /** Row in `LayerEntries`, or WHOLE_LAYER: the texts in the files of store items that may refer to other items. */
  readonly entry: number;
  readonly body: Uint8Array;
}

/** The extended attributes of the entries that have any, by row; values byte for byte as latin1. */
export type EntryXattrs = ReadonlyMap<number, ReadonlyMap<string, string>>;

/** The dynamic symbols of programs and libraries, by row. */
export type EntrySymbols = ReadonlyMap<number, PackedSymbols>;

/** Names with a zero after each. */
export interface PackedSymbols {
  readonly imports: string;
  readonly exports: string;
  /** There was no room for them, and both are "". */
  readonly isCut?: true;
}

export type Compression = "none" | "gzip" | "zstd";

/** The result of one pass over a layer's blob. Immutable, and the same in every image. */
export interface LayerScan {
  readonly diffId: DiffId;
  /** Digest and length of the blob as read. */
  readonly digest: Digest;
  readonly downloadSize: number;
  readonly compression: Compression;
  /** Bytes of the uncompressed tar stream, to its last byte. */
  readonly tarSize: number;
  /** Sum of the regular-file bodies. */
  readonly contentSize: number;
  readonly entries: LayerEntries;
  readonly contents: LayerContents;
  /** The chunks of the bodies, if requested. */
  readonly chunks?: LayerChunks;
  readonly documents: readonly LayerDocument[];
  /** `MAJOR:MINOR` of the devices, by row, if requested. */
  readonly devices?: ReadonlyMap<number, string>;
  /** If requested. */
  readonly xattrs?: EntryXattrs;
  /** If requested. */
  readonly symbols?: EntrySymbols;
  readonly problems: readonly Problem[];
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const SLASH = 0x2f;
const BACKSLASH = 0x5c;

/**
 * A path's bytes as text that Postgres and a page accept: valid UTF-8 unchanged; every other byte, every NUL and every backslash
 * as `\xHH`. Two different paths never give the same text.
 */
export function displayPath(bytes: Uint8Array): string {
  return isPlainAscii(bytes) ? toLatin1(bytes) : displayOther(bytes);
}

/** The bytes of a path: the inverse of `displayPath`. */
export function pathBytes(text: string): Buffer {
  // Every second part is the digits of an escaped byte.
  const parts = text.split(/\\x([0-9a-f]{2})/);
  return Buffer.concat(parts.map((part, at) => Buffer.from(part, at % 2 === 0 ? "utf8" : "hex")));
}

/** True of nearly all names: they need no decoder, whose every call costs more than a short name. */
function isPlainAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x80 || byte === BACKSLASH || byte === 0) return false;
  }
  return true;
}

function toLatin1({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
}

function displayOther(bytes: Uint8Array): string {
  try {
    const text = utf8.decode(bytes);
    if (!text.includes("\\") && !text.includes("\0")) return text;
  } catch {
    // Not UTF-8: escaped byte by byte below. A fatal decoder throws nothing else.
  }
  return escapeBytes(bytes);
}

/** How many bytes `displayPath` escapes, four characters each. */
export function countEscapes(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = plainLength(bytes, at);
    if (length === 0) count += 1;
    at += Math.max(length, 1);
  }
  return count;
}

const HEX = Buffer.from("0123456789abcdef");

function escapeBytes(bytes: Uint8Array): string {
  const escaped = new Uint8Array(bytes.length + 3 * countEscapes(bytes));
  let end = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = plainLength(bytes, at);
    const byte = bytes[at]!;
    if (length === 0) escaped.set([BACKSLASH, 0x78, HEX[byte >> 4]!, HEX[byte & 15]!], end);
    else for (let i = 0; i < length; i++) escaped[end + i] = bytes[at + i]!;
    end += length === 0 ? 4 : length;
    at += Math.max(length, 1);
  }
  return utf8.decode(escaped);
}

/** Length of the unescaped sequence at a position; 0 for a byte that is escaped. */
function plainLength(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]!;
  if (byte < 0x80) return byte === BACKSLASH || byte === 0 ? 0 : 1;
  return sequenceLength(bytes, at);
}

/** Length of the well-formed multi-byte UTF-8 sequence at a position (Unicode 15, table 3-7); 0 if there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return 0;
  const second = bytes[at + 1]!;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = at + 2; i < at + length; i++) if ((bytes[i]! & 0xc0) !== 0x80) return 0;
  return length;
}

/** The path of row i, as text. */
export function entryPath(entries: LayerEntries, i: number): string {
  return displayPath(entries.names.subarray(entries.pathStart[i]!, entries.pathEnd[i]!));
}

/** The directory part of row i's path; "" for names in the root. */
export function entryDirectory({ names, pathStart, pathEnd }: LayerEntries, i: number): string {
  const slash = lastSlash(names, pathStart[i]!, pathEnd[i]!);
  return slash < 0 ? "" : displayPath(names.subarray(pathStart[i]!, slash));
}

/** The last part of row i's path. */
export function entryName({ names, pathStart, pathEnd }: LayerEntries, i: number): string {
  const slash = lastSlash(names, pathStart[i]!, pathEnd[i]!);
  return displayPath(names.subarray(slash < 0 ? pathStart[i]! : slash + 1, pathEnd[i]!));
}

function lastSlash(names: Uint8Array, start: number, end: number): number {
  for (let i = end - 1; i >= start; i--) if (names[i] === SLASH) return i;
  return -1;
}

/** The link target of row i, as text; "" if there is none. */
export function entryLink(entries: LayerEntries, i: number): string {
  return displayPath(entries.names.subarray(entries.linkStart[i]!, entries.linkEnd[i]!));
}
