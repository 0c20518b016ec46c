import { deflateSync } from "node:zlib";
import { GO_BLOB_ALIGNMENT, GO_BLOB_MAGIC, GO_MODULES_START } from "#lib/formats/go-build/index.ts";

const MODULES_END = Buffer.from("f932433186182072008242104116d8f2", "hex");
/** The size of the first segment in an ELF file of 64 bits, little-endian. */
const SEGMENT_BYTES_AT = 64 + 32;
const SEGMENT_FLAGS_AT = SEGMENT_BYTES_AT - 28;
const READ_AND_WRITE = 6;
const MAX_7_BITS = 0x7f;

/** The text about modules between its marks. */
export function markModules(text: string | Uint8Array): Uint8Array {
  return Buffer.concat([GO_MODULES_START, typeof text === "string" ? Buffer.from(text) : text, MODULES_END]);
}

/** The section `.go.buildinfo` as Go's linker has written it since 1.18. */
export function goBlob(version: string, modules: string | Uint8Array): Uint8Array {
  const header = Buffer.alloc(32);
  header.set(GO_BLOB_MAGIC);
  header.set([8, 2], 14);
  const texts = [Buffer.from(version), modules.length === 0 ? Buffer.alloc(0) : markModules(modules)];
  return Buffer.concat([header, ...texts.flatMap((text) => [varint(text.length), text])]);
}

/** The same before 1.18: pointers to strings. */
export function pointedGoBlob(version: number, modules: number, { isBig = false, width = 8 } = {}): Uint8Array {
  const header = Buffer.alloc(32);
  header.set(GO_BLOB_MAGIC);
  header.set([width, isBig ? 1 : 0], 14);
  for (const [i, pointer] of [version, modules].entries()) {
    const at = 16 + i * width + (isBig ? width - 4 : 0);
    if (isBig) header.writeUInt32BE(pointer, at);
    else header.writeUInt32LE(pointer, at);
  }
  return header;
}

/** The section of cargo-auditable. */
export function crateStream(packages: readonly object[], level = 6): Uint8Array {
  return deflateSync(JSON.stringify({ packages }), { level });
}

/** An ELF file of `buildElf` with more data at the end of its only segment, which may be written, `gap` bytes behind what it has. */
export function withLoaded(elf: Uint8Array, data: Uint8Array, gap = 0): Uint8Array {
  const at = Math.ceil((elf.length + gap) / GO_BLOB_ALIGNMENT) * GO_BLOB_ALIGNMENT;
  const longer = Buffer.alloc(at + data.length);
  longer.set(elf);
  longer.set(data, at);
  longer.writeBigUInt64LE(BigInt(longer.length), SEGMENT_BYTES_AT);
  longer.writeUInt32LE(READ_AND_WRITE, SEGMENT_FLAGS_AT);
  return longer;
}

/** The same file with data behind all that is loaded. */
export function withUnloaded(elf: Uint8Array, data: Uint8Array, gap = 100): Uint8Array {
  return Buffer.concat([elf, Buffer.alloc(gap), data, Buffer.alloc(100)]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left <= MAX_7_BITS) return Uint8Array.from([...bytes, left]);
    bytes.push((left & MAX_7_BITS) | 0x80);
  }
}
