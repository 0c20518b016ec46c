import { type Fault, FaultList } from "#lib/model/fault.ts";
import {
  CACHE_MAGIC,
  COUNT_AT,
  ENTRY_BYTES,
  EXTENSION_AT,
  EXTENSION_HEADER_BYTES,
  EXTENSION_MAGIC,
  GENERATOR,
  HEADER_BYTES,
  SECTION_BYTES,
} from "./layout.ts";

/** A library in the cache. Names and paths are bytes as latin1. */
export interface LdSoCacheEntry {
  /** The name that programs need. */
  readonly name: string;
  readonly path: string;
  /** ABI and machine. */
  readonly flags: number;
  /** The processor's features that it needs; 0 for none. */
  readonly hwcap: bigint;
}

export interface LdSoCache {
  readonly entries: readonly LdSoCacheEntry[];
  /** `ldconfig (GNU libc) stable release version 2.36`; "" before glibc 2.33. */
  readonly generator: string;
}

/** Entries read of one cache. A desktop's has some 5,000. */
export const MAX_CACHE_ENTRIES = 100_000;

const MAX_STRING_BYTES = 4096;
/** Before glibc 2.32, another table comes first, and this one is aligned behind it. */
const ALIGNMENT = 8;
const MAX_SECTIONS = 16;

/** Reads an `ld.so.cache`, little-endian; `undefined` for a file that is none. */
export function parseLdSoCache(bytes: Uint8Array): { value: LdSoCache | undefined; problems: Fault[] } {
  const faults = new FaultList();
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = whole.indexOf(CACHE_MAGIC, 0, "latin1");
  const file = whole.subarray(Math.max(start, 0));
  if (start < 0 || start % ALIGNMENT !== 0 || file.length < HEADER_BYTES) {
    faults.add("not a cache of the GNU linker", "bad-program");
    return { value: undefined, problems: faults.found };
  }
  const count = file.readUInt32LE(COUNT_AT);
  const fitting = Math.min(count, MAX_CACHE_ENTRIES, Math.floor((file.length - HEADER_BYTES) / ENTRY_BYTES));
  if (fitting < count) faults.add(`${count} entries do not fit into the cache of the linker`, "bad-program");
  const entries = Array.from({ length: fitting }, (_, i) => readEntry(file, HEADER_BYTES + i * ENTRY_BYTES));
  return { value: { entries, generator: readGenerator(file) }, problems: faults.found };
}

function readEntry(file: Buffer, at: number): LdSoCacheEntry {
  return {
    flags: file.readInt32LE(at),
    name: readString(file, file.readUInt32LE(at + 4)),
    path: readString(file, file.readUInt32LE(at + 8)),
    hwcap: file.readBigUInt64LE(at + 16),
  };
}

function readString(file: Buffer, at: number): string {
  const piece = file.subarray(at, at + MAX_STRING_BYTES);
  const end = piece.indexOf(0);
  return piece.toString("latin1", 0, end < 0 ? piece.length : end);
}

function readGenerator(file: Buffer): string {
  const at = file.readUInt32LE(EXTENSION_AT);
  if (at === 0 || at + EXTENSION_HEADER_BYTES > file.length || file.readUInt32LE(at) !== EXTENSION_MAGIC) return "";
  const count = Math.min(file.readUInt32LE(at + 4), MAX_SECTIONS);
  for (let i = 0; i < count; i++) {
    const section = at + EXTENSION_HEADER_BYTES + i * SECTION_BYTES;
    if (section + SECTION_BYTES > file.length) return "";
    if (file.readUInt32LE(section) !== GENERATOR) continue;
    const start = file.readUInt32LE(section + 8);
    const length = Math.min(file.readUInt32LE(section + 12), MAX_STRING_BYTES);
    return file.toString("latin1", start, Math.min(start + length, file.length));
  }
  return "";
}
