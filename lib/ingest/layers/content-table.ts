import type { LayerContents } from "#lib/model/layer.ts";
import { GrowableColumn } from "./growable.ts";

const HASH_BYTES = 32;
const FIRST_BUCKETS = 1024;
const EMPTY = -1;

/**
 * Distinct bodies (or chunks) by their SHA-256: open addressing by the hash's own first bytes, which are uniformly distributed.
 */
export class ContentTable {
  count = 0;
  readonly #sha256: GrowableColumn<Uint8Array>;
  readonly #byteCount: GrowableColumn<Float64Array>;
  #buckets = new Int32Array(FIRST_BUCKETS).fill(EMPTY);

  /** `maxCount`: rows that may be added. The caller's budget enforces it. */
  constructor(maxCount: number) {
    this.#sha256 = new GrowableColumn(Uint8Array, HASH_BYTES * maxCount);
    this.#byteCount = new GrowableColumn(Float64Array, maxCount);
  }

  /** The row of this body, added if it is new. */
  add(sha256: Uint8Array, byteCount: number): number {
    const mask = this.#buckets.length - 1;
    let bucket = firstWord(sha256, 0) & mask;
    for (; this.#buckets[bucket] !== EMPTY; bucket = (bucket + 1) & mask) {
      const row = this.#buckets[bucket]!;
      if (this.#isRow(row, sha256)) return row;
    }
    const row = this.count++;
    this.#buckets[bucket] = row;
    this.#sha256.reserve(HASH_BYTES * this.count).set(sha256, HASH_BYTES * row);
    this.#byteCount.set(row, byteCount);
    if (2 * this.count > this.#buckets.length) this.#rehash(2 * this.#buckets.length);
    return row;
  }

  /** The hash of a row, hexadecimal. */
  sha256Of(row: number): string {
    return Buffer.from(this.#sha256.column.subarray(HASH_BYTES * row, HASH_BYTES * (row + 1))).toString("hex");
  }

  finish(): LayerContents {
    const count = this.count;
    this.#buckets = new Int32Array(0);
    return { count, sha256: this.#sha256.finish(HASH_BYTES * count), byteCount: this.#byteCount.finish(count) };
  }

  #isRow(row: number, sha256: Uint8Array): boolean {
    const column = this.#sha256.column;
    for (let i = 0; i < HASH_BYTES; i++) if (column[HASH_BYTES * row + i] !== sha256[i]) return false;
    return true;
  }

  #rehash(length: number): void {
    this.#buckets = new Int32Array(length).fill(EMPTY);
    const mask = length - 1;
    for (let row = 0; row < this.count; row++) {
      let bucket = firstWord(this.#sha256.column, HASH_BYTES * row) & mask;
      while (this.#buckets[bucket] !== EMPTY) bucket = (bucket + 1) & mask;
      this.#buckets[bucket] = row;
    }
  }
}

function firstWord(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}
