/** How long chunks are, in bytes: none but a body's last is shorter than `minBytes`, none is longer than `maxBytes`. */
export interface ChunkSizes {
  readonly minBytes: number;
  readonly averageBytes: number;
  readonly maxBytes: number;
}

const KIB = 1024;

/** 16, 64 and 256 KiB, which casync cuts with too: what the chunk rung means unless told otherwise. */
export const CHUNK_SIZES: ChunkSizes = { minBytes: 16 * KIB, averageBytes: 64 * KIB, maxBytes: 256 * KIB };

/** The smallest `minBytes`: below it the list of a body's chunks outweighs what they share. */
export const LEAST_CHUNK_BYTES = KIB;

/** The largest `maxBytes`: each thread that cuts holds one chunk in memory. */
export const MOST_CHUNK_BYTES = 4 * KIB ** 2;

/**
 * The sizes that `text` spells as `MIN/AVERAGE/MAX` in KiB (`16/64/256`), or `undefined` where they are no sizes: three
 * whole numbers that rise, the average a power of two, within `LEAST_CHUNK_BYTES` and `MOST_CHUNK_BYTES`.
 */
export function parseChunkSizes(text: string): ChunkSizes | undefined {
  const match = /^(\d{1,5})\/(\d{1,5})\/(\d{1,5})$/.exec(text);
  if (match === null) return undefined;
  const [minBytes, averageBytes, maxBytes] = match.slice(1).map((kib) => Number(kib) * KIB) as [number, number, number];
  const rising = LEAST_CHUNK_BYTES <= minBytes && minBytes < averageBytes && averageBytes < maxBytes;
  const whole = Number.isInteger(Math.log2(averageBytes));
  return rising && whole && maxBytes <= MOST_CHUNK_BYTES ? { minBytes, averageBytes, maxBytes } : undefined;
}

/** How bodies were cut, by the numbers the database gives to bodies and chunks. */
export interface CutBodies {
  /** Content id → the chunks of the body, in order; absent for one that is not cut. */
  readonly chunkIds: ReadonlyMap<number, Int32Array>;
  /** Chunk id → bytes. */
  readonly chunkBytes: ReadonlyMap<number, number>;
}
