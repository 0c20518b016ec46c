import { isMainThread } from "node:worker_threads";
import { MAX_INFLATED_BYTES } from "#lib/formats/jar/read-archive.ts";
import {
  MAX_ARCHIVE_BYTES,
  MAX_CHUNKS_PER_SCAN,
  MAX_DOCUMENT_BYTES_PER_SCAN,
  MAX_ENTRIES_PER_SCAN,
  MAX_NAME_BYTES_PER_SCAN,
  MAX_RPM_DATABASE_BYTES,
} from "./limits.ts";
import { MAX_SYMBOL_BYTES_PER_SCAN } from "./symbol-limit.ts";

const Slot = {
  entries: 0,
  nameBytes: 1,
  documentBytes: 2,
  chunks: 3,
  databaseBytes: 4,
  archiveBytes: 5,
  symbolBytes: 6,
} as const;
const SLOT_COUNT = Object.keys(Slot).length;
/** A waiting thread looks again even if it is not woken, so that it ends with its scan. */
const WAIT_MS = 100;
const ARCHIVE_MEMORY_BYTES = MAX_ARCHIVE_BYTES + MAX_INFLATED_BYTES;

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
 * Remaining budget of all layers of one scan, shared by all threads. It bounds the memory of the whole process, since the layers
 * of an image are in memory together.
 */
export class ScanBudget {
  /** Pass this to another thread, and to the constructor there. */
  readonly shared: SharedArrayBuffer;
  readonly #left: Int32Array;

  constructor(shared: SharedArrayBuffer) {
    this.shared = shared;
    this.#left = new Int32Array(shared);
  }

  static open(limits: BudgetLimits = BUDGET_LIMITS): ScanBudget {
    const shared = new SharedArrayBuffer(SLOT_COUNT * Int32Array.BYTES_PER_ELEMENT);
    const { entries, nameBytes, documentBytes, chunks = MAX_CHUNKS_PER_SCAN } = limits;
    const memory = [MAX_RPM_DATABASE_BYTES, ARCHIVE_MEMORY_BYTES, MAX_SYMBOL_BYTES_PER_SCAN];
    new Int32Array(shared).set([entries, nameBytes, documentBytes, chunks, ...memory]);
    return new ScanBudget(shared);
  }

  /** False if this entry or its name exceeds the budget. */
  takeEntry(nameBytes: number): boolean {
    return this.#take(Slot.entries, 1) && this.#take(Slot.nameBytes, nameBytes);
  }

  /** False, with nothing charged, if the document no longer fits. */
  takeDocument(byteCount: number): boolean {
    return this.#take(Slot.documentBytes, byteCount);
  }

  /** The same for the symbols of a program. */
  takeSymbols(byteCount: number): boolean {
    return this.#take(Slot.symbolBytes, byteCount);
  }

  /** Returns what a document no longer needs. */
  returnDocument(byteCount: number): void {
    Atomics.add(this.#left, Slot.documentBytes, byteCount);
  }

  /**
   * Takes memory for a database that its layer gives back. A worker thread, which reads one layer at a time, waits for it; in the
   * main thread, where waiting would stop the layer that has it, it is false instead.
   */
  borrowDatabase(byteCount: number): boolean {
    return byteCount <= MAX_RPM_DATABASE_BYTES && this.#borrow(Slot.databaseBytes, byteCount);
  }

  returnDatabase(byteCount: number): void {
    this.#return(Slot.databaseBytes, byteCount);
  }

  /** The same for a Java archive, and for what is inflated of it. A layer has one at a time, and waits for nothing else while it has. */
  borrowArchive(byteCount: number): boolean {
    return byteCount <= MAX_ARCHIVE_BYTES && this.#borrow(Slot.archiveBytes, byteCount + MAX_INFLATED_BYTES);
  }

  returnArchive(byteCount: number): void {
    this.#return(Slot.archiveBytes, byteCount + MAX_INFLATED_BYTES);
  }

  /** False if this chunk exceeds the budget. */
  takeChunk(): boolean {
    return this.#take(Slot.chunks, 1);
  }

  #borrow(slot: number, byteCount: number): boolean {
    while (!this.#take(slot, byteCount)) {
      if (isMainThread) return false;
      Atomics.wait(this.#left, slot, Atomics.load(this.#left, slot), WAIT_MS);
    }
    return true;
  }

  #return(slot: number, byteCount: number): void {
    Atomics.add(this.#left, slot, byteCount);
    Atomics.notify(this.#left, slot);
  }

  #take(slot: number, amount: number): boolean {
    if (Atomics.sub(this.#left, slot, amount) >= amount) return true;
    Atomics.add(this.#left, slot, amount);
    return false;
  }
}
