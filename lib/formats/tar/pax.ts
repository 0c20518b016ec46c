import { InputError } from "#lib/model/problem.ts";
import { parseDecimal } from "./numbers.ts";

/** The pax records of the member that follows; `undefined` if a record is absent. Bytes, as `hdrcharset` may be BINARY. */
export interface PaxRecords {
  path?: Uint8Array;
  link?: Uint8Array;
  byteCount?: number;
  mtime?: number;
  uid?: number;
  gid?: number;
  /** Version of the format of a sparse file. */
  sparseMajor?: string;
  sparseMinor?: string;
  /** Extended attributes, byte for byte as latin1. */
  xattrs?: Map<string, string>;
}

const EQUALS = 0x3d;
const NEWLINE = 0x0a;
const SPACE = 0x20;
/** Digits of a record's length: MAX_METADATA_BYTES has seven. */
const MAX_LENGTH_DIGITS = 8;

/**
 * The records of a pax extended header (POSIX.1-2017 pax, "pax Extended Header"): `LENGTH KEY=VALUE\n`, the length counting
 * itself. An empty value cancels the key's earlier one. Unknown keys (`comment`, sparse maps of 0.0 and 0.1) are
 * checked for syntax and skipped. Throws InputError `bad-tar`.
 */
export function parsePaxRecords(body: Uint8Array, place: string): PaxRecords {
  const records: PaxRecords = {};
  for (const { key, value } of listPaxRecords(body, place)) applyRecord(records, key, value, place);
  return records;
}

/** A record as it is written: its key as latin1, its value a view of the body. */
export interface PaxRecord {
  readonly key: string;
  readonly value: Uint8Array;
}

/** All records of a pax header, in order. Throws InputError `bad-tar`. */
export function* listPaxRecords(body: Uint8Array, place: string): Generator<PaxRecord> {
  for (let at = 0; at < body.length; ) {
    // Some writers pad the body with NULs to its block; nothing may follow them.
    if (body[at] === 0 && body.subarray(at).every((byte) => byte === 0)) return;
    const { end, ...record } = readRecord(body, at, place);
    yield record;
    at = end;
  }
}

/** Reads one record; `end` is the start of the next. */
function readRecord(body: Uint8Array, start: number, place: string): PaxRecord & { readonly end: number } {
  const space = body.indexOf(SPACE, start);
  const digits = space - start;
  const length =
    digits > 0 && digits <= MAX_LENGTH_DIGITS ? parseDecimal(body.subarray(start, space), { signed: false }) : 0;
  const end = start + (length ?? 0);
  if (!length || end > body.length || end <= space + 1 || body[end - 1] !== NEWLINE) {
    throw new InputError("bad-tar", place, "a pax record's length is wrong");
  }
  const equals = body.indexOf(EQUALS, space);
  if (equals <= space + 1 || equals >= end - 1) throw new InputError("bad-tar", place, "a pax record has no key");
  const key = Buffer.from(body.buffer, body.byteOffset + space + 1, equals - space - 1).toString("latin1");
  return { key, value: body.subarray(equals + 1, end - 1), end };
}

// GNU sparse 0.1 and 1.0 put a made-up name into `path` and the real one into `GNU.sparse.name`, after it.
const NAMES = new Map<string, "path" | "link">([
  ["path", "path"],
  ["GNU.sparse.name", "path"],
  ["linkpath", "link"],
]);
const NUMBERS = new Map<string, "byteCount" | "mtime" | "uid" | "gid">([
  ["size", "byteCount"],
  ["mtime", "mtime"],
  ["uid", "uid"],
  ["gid", "gid"],
]);
const VERSIONS = new Map<string, "sparseMajor" | "sparseMinor">([
  ["GNU.sparse.major", "sparseMajor"],
  ["GNU.sparse.minor", "sparseMinor"],
]);

function applyRecord(records: PaxRecords, key: string, value: Uint8Array, place: string): void {
  const [name, number, version] = [NAMES.get(key), NUMBERS.get(key), VERSIONS.get(key)];
  if (name !== undefined) records[name] = parseName(value, key, place);
  if (number !== undefined) records[number] = parseNumeric(value, key, place);
  if (version !== undefined) records[version] = Buffer.from(value).toString("latin1");
  if (key.startsWith(SCHILY) || key.startsWith(LIBARCHIVE)) addXattr(records, key, Buffer.from(value));
}

/** Of star, GNU tar and Go, as it is. */
const SCHILY = "SCHILY.xattr.";
/** Of libarchive, which writes the other one, too: in base64, with a name as in a URL. */
const LIBARCHIVE = "LIBARCHIVE.xattr.";

function addXattr(records: PaxRecords, key: string, value: Buffer): void {
  const xattrs = records.xattrs ?? new Map<string, string>();
  records.xattrs = xattrs;
  if (key.startsWith(SCHILY)) xattrs.set(key.slice(SCHILY.length), value.toString("latin1"));
  if (!key.startsWith(LIBARCHIVE)) return;
  const name = key
    .slice(LIBARCHIVE.length)
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (!xattrs.has(name)) xattrs.set(name, Buffer.from(value.toString("latin1"), "base64").toString("latin1"));
}

/** C programs would read a name with a NUL differently: Go refuses it, and so do engines. */
function parseName(value: Uint8Array, key: string, place: string): Uint8Array | undefined {
  if (value.includes(0)) throw new InputError("bad-tar", place, `the pax record ${key} contains a NUL`);
  return value.length === 0 ? undefined : value;
}

/** The data of such a file is in its body, after a map of its holes: as in Go, in version 1.0 only. */
export function hasSparseMap(records: PaxRecords | undefined): boolean {
  return records?.sparseMajor === "1" && records.sparseMinor === "0";
}

function parseNumeric(value: Uint8Array, key: string, place: string): number | undefined {
  if (value.length === 0) return undefined;
  const number = parseDecimal(value, { signed: key !== "size" });
  if (number === undefined) throw new InputError("bad-tar", place, `the pax record ${key} is not a number`);
  return number;
}
