import { isStreamCompression, STREAM_COMPRESSIONS } from "#lib/formats/compression/index.ts";
import type { NarFile } from "#lib/model/path-info.ts";

/**
 * The one of an item's compressed NARs that a client would fetch: the smallest of those that can be read, or the smallest of all if
 * none can. Those of unknown size come last, by the order of `STREAM_COMPRESSIONS`. `undefined` if there are none.
 */
export function chooseNar(files: readonly NarFile[]): NarFile | undefined {
  return files.toSorted((a, b) => costOf(a) - costOf(b) || sizeOf(a) - sizeOf(b) || rankOf(a) - rankOf(b))[0];
}

function costOf({ compression }: NarFile): number {
  return isStreamCompression(compression) ? 0 : 1;
}

/** Finite, so that two unknown sizes are equal. */
function sizeOf({ fileSize = Number.MAX_SAFE_INTEGER }: NarFile): number {
  return fileSize;
}

function rankOf({ compression }: NarFile): number {
  return isStreamCompression(compression) ? STREAM_COMPRESSIONS.indexOf(compression) : STREAM_COMPRESSIONS.length;
}
