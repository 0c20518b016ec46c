import { SNIFF_BYTES, sniffCompression } from "#lib/formats/compression/index.ts";
import { parseFirstHeader } from "#lib/formats/tar/first-header.ts";
import { BLOCK_BYTES } from "#lib/formats/tar/index.ts";

/** Bytes after which `checkArchiveHead` decides. */
export const ARCHIVE_HEAD_BYTES = BLOCK_BYTES;

/** Throws InputError if a file that begins so is neither a tar archive nor a compressed file that may be one. */
export function checkArchiveHead(head: Uint8Array): void {
  if (sniffCompression(head.subarray(0, SNIFF_BYTES)) === "none") parseFirstHeader(head, 0, "");
}
