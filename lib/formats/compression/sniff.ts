import type { Compression } from "#lib/model/layer.ts";

/** RFC 1952, 2.3.1: ID1, ID2. */
const GZIP_MAGIC = [0x1f, 0x8b];
/** RFC 8878, 3.1.1: 0xFD2FB528, little-endian. */
const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** RFC 8878, 3.1.2: 0x184D2A50 to 0x184D2A5F. zstd:chunked and seekable zstd may open with one. */
const SKIPPABLE_TAIL = [0x2a, 0x4d, 0x18];

/** Bytes that `sniffCompression` needs; fewer only if the whole stream is shorter. */
export const SNIFF_BYTES = 4;

/** The compression of a blob, by its first bytes: media types are not trusted. */
export function sniffCompression(head: Uint8Array): Compression {
  if (startsWith(head, 0, GZIP_MAGIC)) return "gzip";
  if (startsWith(head, 0, ZSTD_MAGIC)) return "zstd";
  const skippable = head.length > 0 && (head[0]! & 0xf0) === 0x50 && startsWith(head, 1, SKIPPABLE_TAIL);
  return skippable ? "zstd" : "none";
}

function startsWith(bytes: Uint8Array, at: number, magic: readonly number[]): boolean {
  return bytes.length >= at + magic.length && magic.every((byte, i) => bytes[at + i] === byte);
}
