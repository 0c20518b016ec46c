/** What a store's database says, in columns: row i is one valid path. Rows are in the order of their paths. */
export interface StoreTables {
  readonly storeDir: string;
  /** Distinct store paths, ascending. */
  readonly paths: readonly string[];
  /** The NAR hash as the database spells it (`sha256:` and base 16), "" where it holds none. */
  readonly narHashes: readonly string[];
  /** Bytes; 0 where the database does not know (see `faults`). */
  readonly narSizes: Float64Array;
  /** The path of the derivation that built row i, valid or not; "" where not known. */
  readonly derivers: readonly string[];
  /** Reference i: `referrers[i]` names `references[i]` (rows), sorted by both, distinct, self references included. */
  readonly referrers: Int32Array;
  readonly references: Int32Array;
  /** 1 where the database lists outputs of row i, valid or not: every derivation but a floating content-addressed one. */
  readonly listsOutputs: Uint8Array;
  /** Output i of a derivation that is itself valid: rows of the derivation and of the output. */
  readonly outputDerivations: Int32Array;
  readonly outputs: Int32Array;
  readonly faults: readonly StoreFault[];
}

export type StoreFaultKind = "bad-path" | "bad-size" | "unknown-size" | "bad-hash" | "unknown-reference";

/** Rows of the database that are not as they should be, one entry a kind. */
export interface StoreFault {
  readonly kind: StoreFaultKind;
  readonly rowCount: number;
  /** One of the rows, as far as it can be named. */
  readonly example: string;
}

/** Counts faults, and keeps the first of each kind: a hostile database has as many as it likes. */
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
