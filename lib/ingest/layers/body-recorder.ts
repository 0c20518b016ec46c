import { createHash, type Hash, hash } from "node:crypto";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { LayerChunks, LayerContents } from "#lib/model/layer.ts";
import { BodyCutter } from "../chunks/body-cutter.ts";
import { ContentTable } from "./content-table.ts";
import type { ScanBudget } from "./scan-budget.ts";

export interface BodyRecorderOptions {
  /** Bodies that may be recorded. The caller's budget enforces it. */
  readonly maxBodies: number;
  readonly budget: ScanBudget;
  /** Also cuts the bodies into chunks of these sizes. */
  readonly chunks?: ChunkSizes;
}

/** The distinct bodies of a layer or of store items, each hashed as it streams by. */
export class BodyRecorder {
  readonly #contents: ContentTable;
  readonly #cutter: BodyCutter | undefined;
  #byteCount = 0;
  /** The hash of a body in one piece; of any other body, the hash so far. */
  #sha256: Uint8Array | undefined;
  #hash: Hash | undefined;

  constructor({ maxBodies, budget, chunks }: BodyRecorderOptions) {
    this.#contents = new ContentTable(maxBodies);
    this.#cutter = chunks && new BodyCutter(chunks, budget, maxBodies);
  }

  /** True once chunking has failed: bodies and their chunks may be out of step, and none of them may be kept. */
  get isSpent(): boolean {
    return this.#cutter?.isSpent === true;
  }

  start(byteCount: number): void {
    this.#byteCount = byteCount;
    this.#sha256 = undefined;
    this.#hash = undefined;
    this.#cutter?.startBody(byteCount);
  }

  /** One-shot hashing costs half of a Hash object, and most bodies come in one piece. */
  push(piece: Uint8Array): void {
    this.#cutter?.push(piece);
    if (piece.length === this.#byteCount) this.#sha256 = oneShotSha256(piece);
    else this.#hash = (this.#hash ?? createHash("sha256")).update(piece);
  }

  /** The body's row; bodies with the same content have one row. */
  end(): number {
    const sha256 = this.#sha256 ?? (this.#hash ?? createHash("sha256")).digest();
    const known = this.#contents.count;
    const row = this.#contents.add(sha256, this.#byteCount);
    if (row === known) this.#cutter?.endBody(sha256, this.#byteCount);
    return row;
  }

  /** The hash of a row, hexadecimal. */
  sha256Of(row: number): string {
    return this.#contents.sha256Of(row);
  }

  /** All bodies. The recorder is spent. */
  finish(): { contents: LayerContents; chunks: LayerChunks | undefined } {
    return { contents: this.#contents.finish(), chunks: this.#cutter?.finish() };
  }
}

const scratch = Buffer.alloc(32);

/** The hash in a buffer that the next call overwrites: one Buffer each would leave 600,000 of them to the garbage collector. */
function oneShotSha256(bytes: Uint8Array): Uint8Array {
  scratch.write(hash("sha256", bytes, "binary"), "binary");
  return scratch;
}
