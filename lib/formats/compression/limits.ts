const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/**
 * Expansion is checked only above this many bytes: a small stream may be all zeros (a layer of one empty disk image expands 1,000
 * : 1), and one gibibyte costs two seconds and no memory.
 */
export const EXPANSION_FREE_BYTES = GIB;

/**
 * Uncompressed bytes per compressed byte, above `EXPANSION_FREE_BYTES`. File systems compress 2 to 5 : 1, source trees and logs
 * up to 30 : 1; DEFLATE ends at 1,032 : 1 and zstd far above. 250 leaves room for sparse disk images.
 */
export const MAX_EXPANSION_RATIO = 250;

/** Uncompressed bytes of one stream, whatever the ratio: ten times the largest images in use. */
export const MAX_EXPANDED_BYTES = 128 * GIB;

/**
 * Decoder memory that a zstd frame may require, as a power of two: 32 MiB. RFC 8878, 3.1.1.1.2 recommends at least 8 MiB; `zstd
 * -19` needs 8, `--ultra -20` 32, `-22` and `--long` 128, too much for two threads at once.
 */
export const MAX_ZSTD_WINDOW_LOG = 25;

/** Bytes of one uncompressed chunk: large enough that hashing and parsing a chunk dwarf the turn of the event loop. */
export const OUTPUT_CHUNK_BYTES = MIB / 2;

export interface ExpansionLimits {
  readonly freeBytes: number;
  readonly ratio: number;
  readonly expandedBytes: number;
}

export const EXPANSION_LIMITS: ExpansionLimits = {
  freeBytes: EXPANSION_FREE_BYTES,
  ratio: MAX_EXPANSION_RATIO,
  expandedBytes: MAX_EXPANDED_BYTES,
};
