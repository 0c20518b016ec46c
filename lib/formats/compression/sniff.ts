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

/** The compression of a stream, and the whole stream, including the bytes that were read to tell. */
export async function sniffStream(
  source: AsyncIterable<Uint8Array>,
): Promise<{ compression: Compression; chunks: AsyncGenerator<Uint8Array> }> {
  const rest = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < SNIFF_BYTES) {
    const next = await rest.next();
    if (next.done === true) break;
    // Copied: the source may reuse the chunk's memory for the next.
    head = Buffer.concat([head, next.value]);
  }
  return { compression: sniffCompression(head), chunks: withHead(head, rest) };
}

/** A caller that stops in the middle of the head also closes the source, which has a file open. */
async function* withHead(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function startsWith(bytes: Uint8Array, at: number, magic: readonly number[]): boolean {
  return bytes.length >= at + magic.length && magic.every((byte, i) => bytes[at + i] === byte);
}
