import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { FaultList } from "#lib/model/fault.ts";
import { RpmHeader } from "./header.ts";

/**
 * A database as this product keeps it: the packages' headers with the tags that package detection reads, one after the other, each
 * after its length (32 bits, little-endian), compressed. A twentieth of the database, whose other bytes are digests, scripts,
 * descriptions and indexes: every `RUN dnf install` of an image has a whole copy of it in its layer.
 */
export const CONDENSED_MAGIC = Buffer.from("stratigraph rpm headers 1\n");
/** Bytes of one database's condensed headers before compression: those of 20,000 packages. */
export const MAX_CONDENSED_BYTES = 96 * 1024 ** 2;
const LENGTH_BYTES = 4;
const LEVEL = 3;

export function isCondensed(bytes: Uint8Array): boolean {
  return CONDENSED_MAGIC.equals(bytes.subarray(0, CONDENSED_MAGIC.length));
}

/**
 * The condensed form of a database of this length with these headers. `undefined` if it would be longer than the database, which
 * headers that overlap would make it, or than the limit.
 */
export function condenseHeaders(headers: Iterable<Uint8Array>, databaseBytes: number): Uint8Array | undefined {
  // Memory that is not written is not used: one buffer, and no list of its pieces.
  const whole = Buffer.allocUnsafeSlow(Math.min(databaseBytes, MAX_CONDENSED_BYTES));
  let length = 0;
  for (const header of headers) {
    const body = RpmHeader.open(header)?.condense() ?? header;
    if (length + LENGTH_BYTES + body.length > whole.length) return undefined;
    length = whole.writeUInt32LE(body.length, length);
    whole.set(body, length);
    length += body.length;
  }
  const params = { [constants.ZSTD_c_compressionLevel]: LEVEL };
  const compressed = zstdCompressSync(whole.subarray(0, length), { params });
  whole.buffer.transfer(0);
  // Memory of its own: a small Buffer shares its pool's, which cannot be transferred to another thread.
  const condensed = new Uint8Array(CONDENSED_MAGIC.length + compressed.length);
  condensed.set(CONDENSED_MAGIC);
  condensed.set(compressed, CONDENSED_MAGIC.length);
  return condensed;
}

/** The headers of a condensed database. A file of an image may claim to be one. */
export function* eachCondensedHeader(bytes: Uint8Array, faults: FaultList): Generator<Uint8Array> {
  const headers = decompress(bytes.subarray(CONDENSED_MAGIC.length));
  if (headers === undefined) {
    faults.add("the condensed headers are damaged");
    return;
  }
  for (let at = 0; at + LENGTH_BYTES <= headers.length; ) {
    const end = at + LENGTH_BYTES + headers.readUInt32LE(at);
    if (end > headers.length) {
      faults.add("the condensed headers are truncated");
      return;
    }
    yield headers.subarray(at + LENGTH_BYTES, end);
    at = end;
  }
}

/** `undefined` for whatever zlib refuses: it is damage, whatever its name. */
function decompress(bytes: Uint8Array): Buffer | undefined {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: MAX_CONDENSED_BYTES });
  } catch {
    return undefined;
  }
}
