import type { CheckedSignatures } from "#lib/formats/nix-signature/index.ts";
import type { NarFile } from "#lib/model/path-info.ts";

/** The tables of a store's database, in columns: row i is one valid path. Rows are in the order of their paths. */
export interface StoreTables {
  readonly storeDir: string;
  /** Distinct store paths, ascending. */
  readonly paths: readonly string[];
  /** The NAR hash as in the database (`sha256:` and base 16), "" if it has none. */
  readonly narHashes: readonly string[];
  /** Bytes; 0 if not in the database (see `faults`). */
  readonly narSizes: Float64Array;
  /** The path of the derivation that built row i, valid or not; "" if not known. */
  readonly derivers: readonly string[];
  /** Reference i: `referrers[i]` names `references[i]` (rows), sorted by both, distinct, self references included. */
  readonly referrers: Int32Array;
  readonly references: Int32Array;
  /** 1 if the database lists outputs of row i, valid or not: every derivation except a floating content-addressed one. */
  readonly listsOutputs: Uint8Array;
  /** Output i of a derivation that is itself valid: rows of the derivation and of the output. */
  readonly outputDerivations: Int32Array;
  readonly outputs: Int32Array;
  readonly faults: readonly StoreFault[];
  /** What a binary cache says besides, by row; absent for other stores. */
  readonly cached?: readonly CachedItem[];
  /** The names of the keys that its signatures were checked with. */
  readonly keyNames?: readonly string[];
}

/** What a narinfo says of a path besides the path's own facts. */
export interface CachedItem {
  /** Its compressed NARs. */
  readonly files: readonly NarFile[];
  readonly signature: CheckedSignatures;
}

export type StoreFaultKind = "bad-path" | "bad-size" | "unknown-size" | "bad-hash" | "unknown-reference";

/** Faulty rows of the database, one entry per kind. */
export interface StoreFault {
  readonly kind: StoreFaultKind;
  readonly rowCount: number;
  /** An example of the rows, if it can be named. */
  readonly example: string;
}

/** Counts faults, and keeps the first of each kind: a hostile database may have any number. */
export class FaultCounter {
  readonly #faults = new Map<StoreFaultKind, { kind: StoreFaultKind; rowCount: number; example: string }>();

  add(kind: StoreFaultKind, example: string): void {
    const known = this.#faults.get(kind);
    if (known === undefined) this.#faults.set(kind, { kind, rowCount: 1, example });
    else known.rowCount += 1;
  }

  list(): StoreFault[] {
    return [...this.#faults.values()];
  }
}
