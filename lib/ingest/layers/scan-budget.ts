import { MAX_CHUNKS_PER_SCAN } from "../chunks/limits.ts";
import { MAX_DOCUMENT_BYTES_PER_SCAN, MAX_ENTRIES_PER_SCAN, MAX_NAME_BYTES_PER_SCAN } from "./limits.ts";

const Slot = { entries: 0, nameBytes: 1, documentBytes: 2, chunks: 3 } as const;

export interface BudgetLimits {
  readonly entries: number;
  readonly nameBytes: number;
  readonly documentBytes: number;
  readonly chunks?: number;
}

const BUDGET_LIMITS: BudgetLimits = {
  entries: MAX_ENTRIES_PER_SCAN,
  nameBytes: MAX_NAME_BYTES_PER_SCAN,
  documentBytes: MAX_DOCUMENT_BYTES_PER_SCAN,
  chunks: MAX_CHUNKS_PER_SCAN,
};

/**
 * What all layers of one scan may still take, counted down together from every thread: what bounds the memory of the
 * whole process, since the layers of an image are held at the same time.
 */
export class ScanBudget {
  /** Hand this to another thread, and there to the constructor. */
  readonly shared: SharedArrayBuffer;
  readonly #left: Int32Array;

  constructor(shared: SharedArrayBuffer) {
    this.shared = shared;
    this.#left = new Int32Array(shared);
  }

  static open(limits: BudgetLimits = BUDGET_LIMITS): ScanBudget {
    const shared = new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT);
    const { entries, nameBytes, documentBytes, chunks = MAX_CHUNKS_PER_SCAN } = limits;
    new Int32Array(shared).set([entries, nameBytes, documentBytes, chunks]);
    return new ScanBudget(shared);
  }

  /** False when this entry is one too many, or its names are. */
  takeEntry(nameBytes: number): boolean {
    return this.#take(Slot.entries, 1) && this.#take(Slot.nameBytes, nameBytes);
  }

  /** False, and nothing taken, when the document does not fit any more. */
  takeDocument(byteCount: number): boolean {
    return this.#take(Slot.documentBytes, byteCount);
  }

  /** False when this chunk is one too many. */
  takeChunk(): boolean {
    return this.#take(Slot.chunks, 1);
  }

  #take(slot: number, amount: number): boolean {
    if (Atomics.sub(this.#left, slot, amount) >= amount) return true;
    Atomics.add(this.#left, slot, amount);
    return false;
  }
}
