import { condenseRpmDatabase } from "#lib/formats/rpm/database.ts";
import type { LayerDocument } from "#lib/model/layer.ts";
import { logPathOf } from "./documents.ts";
import type { ScanBudget } from "./scan-budget.ts";

/** A database in memory, and where it is in the layer. */
interface RawDatabase {
  readonly path: string;
  readonly byteCount: number;
  document: LayerDocument | undefined;
}

/** Whether the document fits into what a layer and a scan may keep; charges them. */
export type KeepDocument = (path: string, byteCount: number) => boolean;

const NO_BYTES = new Uint8Array(0);

/**
 * The rpm databases of one layer, condensed. A database stays in memory until the layer ends, because the log of an SQLite database
 * follows it in the tar; a layer with two has the first condensed before that.
 */
export class RpmDatabases {
  readonly #budget: ScanBudget;
  readonly #logs = new Map<string, Uint8Array>();
  #raw: RawDatabase | undefined;

  constructor(budget: ScanBudget) {
    this.#budget = budget;
  }

  /** Memory for a database; may wait for another layer's. `undefined` if there is none. The caller has called `flush`. */
  open(path: string, byteCount: number): Uint8Array | undefined {
    if (!this.#budget.borrowDatabase(byteCount)) return undefined;
    this.#raw = { path, byteCount, document: undefined };
    return new Uint8Array(byteCount);
  }

  addDatabase(document: LayerDocument): void {
    if (this.#raw !== undefined) this.#raw.document = document;
  }

  addLog(path: string, body: Uint8Array): void {
    this.#logs.set(path, body);
  }

  /** The database as the layer keeps it, if there is one and it may be kept; a damaged one is kept as it is, with its damage. */
  flush(keep: KeepDocument): LayerDocument | undefined {
    const { path = "", document } = this.#raw ?? {};
    try {
      if (document === undefined) return undefined;
      const wal = this.#logs.get(logPathOf(path)) ?? NO_BYTES;
      const condensed = condenseRpmDatabase({ database: document.body, wal });
      if (condensed !== undefined) releaseMemory(document.body);
      const body = condensed ?? document.body;
      return keep(path, body.length) ? { entry: document.entry, body } : undefined;
    } finally {
      this.release();
    }
  }

  /** Gives the memory back, also of a layer that failed in the middle. */
  release(): void {
    if (this.#raw !== undefined) this.#budget.returnDatabase(this.#raw.byteCount);
    this.#raw = undefined;
  }
}

/** At once, not when garbage is collected: the next database takes as much. */
function releaseMemory({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
