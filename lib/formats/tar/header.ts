import { InputError } from "#lib/model/problem.ts";
import { parseNumber, parseOctal } from "./numbers.ts";

export const BLOCK_BYTES = 512;

/** Typeflags (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format"). */
export const Typeflag = {
  oldFile: 0x00,
  file: 0x30,
  hardLink: 0x31,
  symlink: 0x32,
  charDevice: 0x33,
  blockDevice: 0x34,
  directory: 0x35,
  fifo: 0x36,
  contiguous: 0x37,
  gnuDumpDirectory: 0x44,
  gnuLongLink: 0x4b,
  gnuLongName: 0x4c,
  gnuSparse: 0x53,
  gnuVolume: 0x56,
  solarisExtended: 0x58,
  paxGlobal: 0x67,
  paxExtended: 0x78,
} as const;

/** A decoded header block. `path` and `link` may be views of the block: copy them to keep them. */
export interface RawHeader {
  typeflag: number;
  path: Uint8Array;
  link: Uint8Array;
  mode: number;
  uid: number;
  gid: number;
  mtime: number;
  /** The size field: bytes of the body, for the types with one. */
  byteCount: number;
  /** Old GNU sparse: a block of more sparse entries follows. */
  extended: boolean;
  /** `MAJOR:MINOR` of a character or block device. */
  device?: string;
  /** From pax records. */
  xattrs?: ReadonlyMap<string, string>;
}

/** True when 512 bytes are NUL: half of the end mark. */
export function isZeroBlock(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + BLOCK_BYTES; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** The header in `bytes[at … at + 512)`. Throws InputError `bad-tar` if the checksum or a number is wrong. */
export function parseHeader(bytes: Uint8Array, at: number, place: string): RawHeader {
  const block = bytes.subarray(at, at + BLOCK_BYTES);
  if (!hasChecksum(block, place)) throw new InputError("bad-tar", place, "not a tar header: its checksum is wrong");
  const device = parseDevice(block, place);
  return {
    ...(device !== undefined && { device }),
    typeflag: block[156]!,
    path: parsePath(block),
    link: untilNul(block, 157, 100),
    mode: parseNumber(block, 100, 8, place),
    uid: parseNumber(block, 108, 8, place),
    gid: parseNumber(block, 116, 8, place),
    byteCount: parseNumber(block, 124, 12, place),
    mtime: parseNumber(block, 136, 12, place),
    extended: block[156] === Typeflag.gnuSparse && block[482] !== 0,
  };
}

/** Only ustar and what followed it have numbers of devices. */
function parseDevice(block: Uint8Array, place: string): string | undefined {
  const isDevice = block[156] === Typeflag.charDevice || block[156] === Typeflag.blockDevice;
  if (!isDevice || !isUstar(block)) return undefined;
  return `${parseNumber(block, 329, 8, place)}:${parseNumber(block, 337, 8, place)}`;
}

/**
 * The sum of the block's bytes with the checksum field as spaces; some old tars summed signed bytes, which POSIX does not allow.
 */
export function hasChecksum(block: Uint8Array, place: string): boolean {
  const expected = parseOctal(block, 148, 8, place);
  let unsigned = 8 * 0x20;
  for (let i = 0; i < 148; i++) unsigned += block[i]!;
  for (let i = 156; i < BLOCK_BYTES; i++) unsigned += block[i]!;
  if (unsigned === expected) return true;
  let high = 0;
  for (let i = 0; i < BLOCK_BYTES; i++) if ((i < 148 || i > 155) && block[i]! > 127) high++;
  return unsigned - 256 * high === expected;
}

/** Name, with the prefix that ustar and star have but v7 and GNU do not. */
function parsePath(block: Uint8Array): Uint8Array {
  const name = untilNul(block, 0, 100);
  const prefix = parsePrefix(block);
  if (prefix.length === 0) return name;
  const path = new Uint8Array(prefix.length + 1 + name.length);
  path.set(prefix);
  path[prefix.length] = 0x2f;
  path.set(name, prefix.length + 1);
  return path;
}

const EMPTY = new Uint8Array(0);

/** The directory that belongs in front of the name field; empty if there is none. */
export function parsePrefix(block: Uint8Array): Uint8Array {
  if (!isUstar(block)) return EMPTY;
  if (block[262] === 0) return untilNul(block, 345, isStar(block) ? 131 : 155);
  return isGnuTimes(block) ? EMPTY : untilNul(block, 345, 155);
}

/** "ustar" at 257; then NUL (POSIX) or space (GNU). */
function isUstar(block: Uint8Array): boolean {
  return (
    block[257] === 0x75 && block[258] === 0x73 && block[259] === 0x74 && block[260] === 0x61 && block[261] === 0x72
  );
}

/** Schily's star ends the block with "tar" NUL and has its times after a shorter prefix. */
function isStar(block: Uint8Array): boolean {
  return block[508] === 0x74 && block[509] === 0x61 && block[510] === 0x72 && block[511] === 0;
}

/**
 * GNU has access and change times in the place of ustar's prefix. Go before 1.8, and Docker built with it, wrote a prefix under
 * GNU's magic; like Go's reader since, this takes a field that cannot be a time as a prefix.
 */
function isGnuTimes(block: Uint8Array): boolean {
  if (block[345] === 0) return true;
  try {
    parseNumber(block, 345, 12, "");
    parseNumber(block, 357, 12, "");
    return true;
  } catch {
    // Not a number: parseNumber throws only this InputError.
    return false;
  }
}

function untilNul(block: Uint8Array, start: number, length: number): Uint8Array {
  let end = start;
  while (end < start + length && block[end] !== 0) end++;
  return block.subarray(start, end);
}
