import { InputError } from "#lib/model/problem.ts";
import { hasChecksum, parseHeader, type RawHeader } from "./header.ts";

/** Unsupported compressions, by the first bytes in each format's own specification. */
const UNREAD: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["lz4", [0x04, 0x22, 0x4d, 0x18]],
  ["lzip", [0x4c, 0x5a, 0x49, 0x50]],
  ["lzma", [0x5d, 0x00, 0x00]],
  ["compress (.Z)", [0x1f, 0x9d]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
];

/** The first header of a tar. If it is not one, the error is about the whole input. */
export function parseFirstHeader(bytes: Uint8Array, at: number, place: string): RawHeader {
  if (!isHeader(bytes.subarray(at))) throw notATar(bytes.subarray(at), place);
  return parseHeader(bytes, at, place);
}

function isHeader(block: Uint8Array): boolean {
  try {
    return hasChecksum(block, "");
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** The error for bytes that are not a tar, but may be one in an unsupported compression. */
function notATar(head: Uint8Array, place: string): InputError {
  const compression = UNREAD.find(([, magic]) => magic.every((byte, i) => head[i] === byte))?.[0];
  if (compression === undefined) return new InputError("bad-tar", place, "not a tar archive");
  const message = `compressed with ${compression}, which is not supported: decompress it, or use gzip or zstd`;
  return new InputError("unsupported", place, message);
}
