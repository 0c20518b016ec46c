import { hash } from "node:crypto";
import { Chunker } from "#lib/formats/fastcdc/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { LayerChunks } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import { ContentTable } from "../layers/content-table.ts";
import { GrowableColumn } from "../layers/growable.ts";
import { MAX_CHUNKS_PER_SCAN } from "../layers/limits.ts";
import type { ScanBudget } from "../layers/scan-budget.ts";

/**
 * Cuts the bodies of a layer into chunks as they stream by, and hashes each chunk. Only at its end is it known whether a body
 * repeats an earlier one of the layer: its chunks are then dropped.
 */
export class BodyCutter {
  readonly #sizes: ChunkSizes;
  readonly #budget: ScanBudget;
  readonly #chunker: Chunker;
  readonly #chunks = new ContentTable(MAX_CHUNKS_PER_SCAN);
  readonly #start: GrowableColumn<Uint32Array>;
  readonly #rows = new GrowableColumn(Int32Array, MAX_CHUNKS_PER_SCAN);
  /** The beginning of a chunk that continues in the next piece. */
  readonly #carry: Uint8Array;
  #carried = 0;
  #rowCount = 0;
  #bodyCount = 0;
  /** Rows of the completed bodies. */
  #bodyStart = 0;
  /** A body no longer than the minimum chunk is one chunk, with the body's own hash. */
  #whole = true;
  /** True once there were too many chunks. */
  isSpent = false;

  /** `maxBodies`: bodies that may be completed. */
  constructor(sizes: ChunkSizes, budget: ScanBudget, maxBodies: number) {
    this.#sizes = sizes;
    this.#budget = budget;
    this.#start = new GrowableColumn(Uint32Array, maxBodies + 1);
    this.#chunker = new Chunker(sizes);
    this.#carry = new Uint8Array(sizes.maxBytes);
  }

  startBody(byteCount: number): void {
    this.#whole = byteCount <= this.#sizes.minBytes;
    this.#chunker.finish();
    this.#carried = 0;
    this.#rowCount = this.#bodyStart;
  }

  push(piece: Uint8Array): void {
    if (this.#whole) return;
    let from = 0;
    for (const end of this.#chunker.push(piece)) {
      this.#addChunk(this.#complete(piece.subarray(from, end)));
      from = end;
    }
    this.#carryOver(piece.subarray(from));
  }

  /** Completes a new body of the layer: the next row of its contents. (A repeated body is never completed.) */
  endBody(sha256: Uint8Array, byteCount: number): void {
    const rest = this.#whole ? byteCount : this.#chunker.finish();
    if (rest === byteCount && rest > 0) this.#addRow(sha256, byteCount);
    else if (rest > 0) this.#addChunk(this.#carry.subarray(0, this.#carried));
    this.#start.set(this.#bodyCount++, this.#bodyStart);
    this.#bodyStart = this.#rowCount;
  }

  finish(): LayerChunks {
    this.#start.set(this.#bodyCount, this.#bodyStart);
    return {
      sizes: this.#sizes,
      chunks: this.#chunks.finish(),
      start: this.#start.finish(this.#bodyCount + 1),
      rows: this.#rows.finish(this.#bodyStart),
    };
  }

  /** A chunk in contiguous memory: joined if it began in an earlier piece. */
  #complete(end: Uint8Array): Uint8Array {
    if (this.#carried === 0) return end;
    this.#carryOver(end);
    const chunk = this.#carry.subarray(0, this.#carried);
    this.#carried = 0;
    return chunk;
  }

  #carryOver(bytes: Uint8Array): void {
    this.#carry.set(bytes, this.#carried);
    this.#carried += bytes.length;
  }

  #addChunk(chunk: Uint8Array): void {
    this.#addRow(hash("sha256", chunk, "buffer"), chunk.length);
  }

  #addRow(sha256: Uint8Array, byteCount: number): void {
    if (!this.#budget.takeChunk()) {
      this.isSpent = true;
      throw new InputError("limit-exceeded", "", `more than ${MAX_CHUNKS_PER_SCAN} chunks in one scan`);
    }
    this.#rows.set(this.#rowCount++, this.#chunks.add(sha256, byteCount));
  }
}
