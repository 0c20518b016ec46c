import type { ChunkSizes } from "#lib/model/chunk.ts";
import { GEAR } from "./gear.ts";

/** Bits by which the two masks differ from the average's: the paper's normalisation level 2. */
const NORMALISATION = 2;

const DOUBLED_GEAR = GEAR.map((number) => number << 1);

/**
 * Content-defined chunks after FastCDC (Xia et al., "FastCDC: a Fast and Efficient Content-Defined Chunking Approach for Data
 * Deduplication", USENIX ATC 2016): the Gear hash; no cut in a chunk's first `minBytes` (cut-point skipping); up to the average a
 * mask with more bits, after it one with fewer, which concentrates the lengths around the average (normalised chunking). If the
 * bytes give no cut, the chunk ends at `maxBytes`.
 *
 * The masks are the hash's top bits: in a sum shifted left, only those depend on the whole window. The paper spreads its mask
 * over 48 of 64 bits to the same end. The boundaries are specific to Stratigraph; casync, which uses a buzhash, cuts elsewhere.
 */
export class Chunker {
  readonly #sizes: ChunkSizes;
  readonly #earlyMask: number;
  readonly #lateMask: number;
  /** Bytes of the current chunk, and their hash so far. */
  #length = 0;
  readonly #hash = new Int32Array(1);

  constructor(sizes: ChunkSizes) {
    this.#sizes = sizes;
    const bits = Math.round(Math.log2(sizes.averageBytes));
    this.#earlyMask = topBits(bits + NORMALISATION);
    this.#lateMask = topBits(bits - NORMALISATION);
  }

  /** Ends of chunks in the next piece of a body: positions after their last bytes, ascending. */
  push(piece: Uint8Array): number[] {
    const ends: number[] = [];
    let end = this.#findEnd(piece, 0);
    while (end >= 0) {
      ends.push(end);
      end = this.#findEnd(piece, end);
    }
    return ends;
  }

  /** Ends the body and starts another. Returns the bytes of its last chunk, 0 if it ended at the last cut. */
  finish(): number {
    const length = this.#length;
    this.#startChunk();
    return length;
  }

  /** The end of the chunk that continues or begins at `from`; -1 if it does not end in this piece. */
  #findEnd(piece: Uint8Array, from: number): number {
    const { minBytes, averageBytes, maxBytes } = this.#sizes;
    const start = from - this.#length;
    const first = Math.max(from, start + minBytes);
    const normal = Math.min(piece.length, start + averageBytes);
    const stop = Math.min(piece.length, start + maxBytes);
    let end = findCut(piece, first, normal, this.#earlyMask, this.#hash);
    if (end < 0) end = findCut(piece, Math.max(first, normal), stop, this.#lateMask, this.#hash);
    if (end < 0 && stop === start + maxBytes) end = stop;
    if (end < 0) this.#length = piece.length - start;
    else this.#startChunk();
    return end;
  }

  #startChunk(): void {
    this.#length = 0;
    this.#hash[0] = 0;
  }
}

/**
 * The end of the first byte in `from … to` after which the masked hash is 0, or -1; `state` keeps the hash. Two bytes per step,
 * as in the authors' later paper (Xia et al., IEEE TPDS 2020): over the first half gigabyte, and a thread sees no more, it is 1.6
 * times as fast as one byte per step. A separate function over locals and arrays: a loop over fields ran at a third of the speed.
 */
function findCut(piece: Uint8Array, from: number, to: number, mask: number, state: Int32Array): number {
  const gear = GEAR;
  const doubled = DOUBLED_GEAR;
  let hash = state[0]!;
  let at = from;
  for (; at + 1 < to; at += 2) {
    const first = piece[at]!;
    const second = piece[at + 1]!;
    const between = ((hash << 1) + gear[first]!) | 0;
    hash = ((hash << 2) + ((doubled[first]! + gear[second]!) | 0)) | 0;
    if ((between & mask) === 0) return at + 1;
    if ((hash & mask) === 0) return at + 2;
  }
  if (at < to) {
    hash = ((hash << 1) + gear[piece[at]!]!) | 0;
    if ((hash & mask) === 0) return at + 1;
  }
  state[0] = hash;
  return -1;
}

function topBits(count: number): number {
  return (-1 << (32 - count)) | 0;
}
