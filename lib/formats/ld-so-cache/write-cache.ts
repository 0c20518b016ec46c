import {
  CACHE_MAGIC,
  COUNT_AT,
  ENTRY_BYTES,
  EXTENSION_AT,
  EXTENSION_HEADER_BYTES,
  EXTENSION_MAGIC,
  FLAGS_AT,
  GENERATOR,
  HEADER_BYTES,
  LITTLE_ENDIAN,
  SECTION_BYTES,
  STRING_BYTES_AT,
} from "./layout.ts";
import { compareLibraryNames } from "./library-order.ts";
import type { LdSoCache, LdSoCacheEntry } from "./parse-cache.ts";

/**
 * The bytes that `ldconfig` writes for these libraries, little-endian: the linker's binary search relies on their order. Of two with one
 * name and ABI, the earlier one is found. Variants for processors with more features are left out: the linker then loads the ordinary
 * file.
 */
export function writeLdSoCache({ entries, generator }: LdSoCache): Uint8Array {
  const sorted = entries.filter(({ hwcap }) => hwcap === 0n).toSorted(compareEntries);
  const stringsAt = HEADER_BYTES + sorted.length * ENTRY_BYTES;
  const strings = layOutStrings(sorted.flatMap(({ name, path }) => [name, path]));
  const extension = writeExtension(generator, Math.ceil((stringsAt + strings.bytes.length) / 4) * 4);
  const file = Buffer.alloc(extension.at + extension.bytes.length);
  file.write(CACHE_MAGIC, "latin1");
  file.writeUInt32LE(sorted.length, COUNT_AT);
  file.writeUInt32LE(strings.bytes.length, STRING_BYTES_AT);
  file[FLAGS_AT] = LITTLE_ENDIAN;
  file.writeUInt32LE(generator === "" ? 0 : extension.at, EXTENSION_AT);
  for (const [i, { flags, name, path }] of sorted.entries()) {
    const at = HEADER_BYTES + i * ENTRY_BYTES;
    file.writeInt32LE(flags, at);
    file.writeUInt32LE(stringsAt + strings.offsets.get(name)!, at + 4);
    file.writeUInt32LE(stringsAt + strings.offsets.get(path)!, at + 8);
  }
  file.set(strings.bytes, stringsAt);
  file.set(extension.bytes, extension.at);
  return file;
}

/** The last name first. */
function compareEntries(a: LdSoCacheEntry, b: LdSoCacheEntry): number {
  return compareLibraryNames(b.name, a.name) || b.flags - a.flags;
}

/** A string that another one ends with is a part of it: the longer one is before it in this order. */
function layOutStrings(strings: readonly string[]): { bytes: Buffer; offsets: Map<string, number> } {
  const reversed = [...new Set(strings)].map((text) => [...text].reverse().join(""));
  const offsets = new Map<string, number>();
  let written = "";
  let last = "";
  for (const each of reversed.sort().reverse()) {
    const text = [...each].reverse().join("");
    if (last.endsWith(text)) {
      offsets.set(text, written.length - 1 - text.length);
      continue;
    }
    offsets.set(text, written.length);
    written += `${text}\0`;
    last = text;
  }
  return { bytes: Buffer.from(written, "latin1"), offsets };
}

function writeExtension(generator: string, at: number): { at: number; bytes: Buffer } {
  if (generator === "") return { at, bytes: Buffer.alloc(0) };
  const text = Buffer.from(generator, "latin1");
  const head = Buffer.alloc(EXTENSION_HEADER_BYTES + SECTION_BYTES);
  const words = [EXTENSION_MAGIC, 1, GENERATOR, 0, at + head.length, text.length];
  for (const [i, word] of words.entries()) head.writeUInt32LE(word, i * 4);
  return { at, bytes: Buffer.concat([head, text]) };
}
