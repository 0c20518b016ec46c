/** Chunk lengths in bytes: no chunk except a body's last is shorter than `minBytes`, none is longer than `maxBytes`. */
export interface ChunkSizes {
  readonly minBytes: number;
  readonly averageBytes: number;
  readonly maxBytes: number;
}

const KIB = 1024;

/** 16, 64 and 256 KiB, as in casync: the default of the chunk rung. */
export const CHUNK_SIZES: ChunkSizes = { minBytes: 16 * KIB, averageBytes: 64 * KIB, maxBytes: 256 * KIB };

/** Minimum of `minBytes`: below it the list of a body's chunks takes more than sharing saves. */
export const MIN_CHUNK_BYTES = KIB;

/** Maximum of `maxBytes`: each thread that chunks keeps one chunk in memory. */
export const MAX_CHUNK_BYTES = 4 * KIB ** 2;

/**
 * The sizes in `text`, written `MIN/AVERAGE/MAX` in KiB (`16/64/256`), or `undefined` if they are invalid: they must be three
 * ascending integers, the average a power of two, within `MIN_CHUNK_BYTES` and `MAX_CHUNK_BYTES`.
 */
export function parseChunkSizes(text: string): ChunkSizes | undefined {
  const match = /^(\d{1,5})\/(\d{1,5})\/(\d{1,5})$/.exec(text);
  if (match === null) return undefined;
  const [minBytes, averageBytes, maxBytes] = match.slice(1).map((kib) => Number(kib) * KIB) as [number, number, number];
  const rising = MIN_CHUNK_BYTES <= minBytes && minBytes < averageBytes && averageBytes < maxBytes;
  const whole = Number.isInteger(Math.log2(averageBytes));
  return rising && whole && maxBytes <= MAX_CHUNK_BYTES ? { minBytes, averageBytes, maxBytes } : undefined;
}

/** The chunks of bodies, by the database ids of bodies and chunks. */
export interface CutBodies {
  /** Content id → the chunks of the body, in order; absent if it is not chunked. */
  readonly chunkIds: ReadonlyMap<number, Int32Array>;
  /** Chunk id → bytes. */
  readonly chunkBytes: ReadonlyMap<number, number>;
}
