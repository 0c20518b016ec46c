import { hash } from "node:crypto";
import { Chunker } from "#lib/formats/fastcdc/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { LayerChunks } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import { ContentTable } from "../layers/content-table.ts";
import { GrowableColumn } from "../layers/growable.ts";
import { MAX_ENTRIES_PER_SCAN } from "../layers/limits.ts";
import type { ScanBudget } from "../layers/scan-budget.ts";
import { MAX_CHUNKS_PER_SCAN } from "./limits.ts";

/**
 * Cuts the bodies of a layer into chunks as they pass, piece by piece, and hashes each. Whether a body is one the layer
 * had before shows at its end only: then its chunks are dropped again.
 */
export class BodyCutter {
  readonly #sizes: ChunkSizes;
  readonly #budget: ScanBudget;
  readonly #chunker: Chunker;
  readonly #chunks = new ContentTable(MAX_CHUNKS_PER_SCAN);
  readonly #start: GrowableColumn<Uint32Array>;
  readonly #rows = new GrowableColumn(Int32Array, MAX_CHUNKS_PER_SCAN);
  /** The beginning of a chunk that goes on in the next piece. */
  readonly #carry: Uint8Array;
  #carried = 0;
  #rowCount = 0;
  #bodyCount = 0;
  /** Rows of the bodies before this one. */
  #bodyStart = 0;
  /** A body no longer than the shortest chunk is one chunk, with the body's own hash. */
  #whole = true;

  /** `maxBodies`: bodies that may end. */
  constructor(sizes: ChunkSizes, budget: ScanBudget, maxBodies = MAX_ENTRIES_PER_SCAN) {
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

  /** Ends a body that the layer had not: the next row of its contents. (One that it had is simply never ended.) */
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

  /** A chunk in one place: where it began in an earlier piece, it is put together. */
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
      throw new InputError("limit-exceeded", "", `more than ${MAX_CHUNKS_PER_SCAN} chunks in one scan`);
    }
    this.#rows.set(this.#rowCount++, this.#chunks.add(sha256, byteCount));
  }
}
