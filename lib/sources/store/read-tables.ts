import type { DatabaseSync, StatementSync } from "node:sqlite";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import { InputError } from "#lib/model/problem.ts";
import { sortPairs } from "./sort-pairs.ts";
import { FaultCounter, type StoreTables } from "./store-tables.ts";

/** The largest known public stores hold a few hundred thousand paths; these bound our memory, not theirs. */
export const MAX_PATHS = 4_000_000;
export const MAX_REFERENCES = 40_000_000;
/** Linux's PATH_MAX. Longer text is never brought into memory. */
export const MAX_PATH_BYTES = 4096;
/** Far above `sha512:` and its base 16. */
const MAX_HASH_BYTES = 256;
const FIRST_CAPACITY = 1 << 16;

/** The columns read here stand in every schema of both (Nix's 10 adds `ultimate`, `sigs` and `ca`, Guix's has none of them). */
const PATHS = `
  select id,
    iif(typeof(path) = 'text' and octet_length(path) <= ${MAX_PATH_BYTES}, path, null),
    iif(typeof(hash) = 'text' and octet_length(hash) <= ${MAX_HASH_BYTES}, hash, null),
    iif(typeof(deriver) = 'text' and octet_length(deriver) <= ${MAX_PATH_BYTES}, deriver, null),
    case when narSize is null then null
      when typeof(narSize) = 'integer' and narSize between 0 and ${Number.MAX_SAFE_INTEGER} then narSize
      else -1 end
  from ValidPaths`;
const REFERENCES = `select ${rowId("referrer")}, ${rowId("reference")} from Refs`;
const OUTPUTS = `
  select ${rowId("drv")}, iif(typeof(path) = 'text' and octet_length(path) <= ${MAX_PATH_BYTES}, path, null)
  from DerivationOutputs`;

/** A row id, -1 for anything that no row has: a number that JavaScript cannot hold exactly would end the whole read. */
function rowId(column: string): string {
  return `iif(typeof(${column}) = 'integer' and ${column} between 0 and ${Number.MAX_SAFE_INTEGER}, ${column}, -1)`;
}

interface PathRow {
  readonly id: number;
  readonly path: string;
  readonly narHash: string;
  readonly deriver: string;
  readonly narSize: number;
}

/**
 * All that the snapshot needs of a store's database, in three passes. `storeDir` decides which paths count; rows that
 * are damaged are left out and counted. Throws `InputError` (`bad-database`, `limit-exceeded`).
 */
export function readTables(database: DatabaseSync, usualStoreDir: string): StoreTables {
  const faults = new FaultCounter();
  const all = readPathRows(database, faults);
  const storeDir = findStoreDir(all, usualStoreDir);
  const rows = keepDistinct(all, storeDir, faults);
  const rowOfId = new Map(rows.map((row, i) => [row.id, i]));
  const rowOfPath = new Map(rows.map((row, i) => [row.path, i]));
  const references = readReferences(database, rowOfId, faults);
  const outputs = readOutputs(database, rowOfId, rowOfPath);
  return {
    storeDir,
    paths: rows.map((row) => row.path),
    narHashes: rows.map((row) => row.narHash),
    narSizes: Float64Array.from(rows, (row) => row.narSize),
    derivers: rows.map((row) => row.deriver),
    referrers: references.first,
    references: references.second,
    listsOutputs: outputs.listed,
    outputDerivations: outputs.pairs.first,
    outputs: outputs.pairs.second,
    faults: faults.list(),
  };
}

function readPathRows(database: DatabaseSync, faults: FaultCounter): PathRow[] {
  const rows: PathRow[] = [];
  for (const [id, path, narHash, deriver, narSize] of iterateRows(database.prepare(PATHS))) {
    if (rows.length >= MAX_PATHS) throwLimit("ValidPaths", MAX_PATHS);
    if (typeof id !== "number" || typeof path !== "string") {
      faults.add("bad-path", `row ${String(id)}`);
      continue;
    }
    if (narSize === null) faults.add("unknown-size", path);
    else if (narSize === -1) faults.add("bad-size", path);
    if (typeof narHash !== "string") faults.add("bad-hash", path);
    rows.push({ id, path, narHash: toText(narHash), deriver: toText(deriver), narSize: Math.max(0, Number(narSize)) });
  }
  return rows;
}

/** The flavour's own store directory when any path is in it, else that of the first store path. */
function findStoreDir(rows: readonly PathRow[], usual: string): string {
  let first: string | undefined;
  for (const row of rows) {
    if (row.path.startsWith(`${usual}/`)) return usual;
    first ??= parseStorePath(row.path)?.storeDir;
  }
  return first ?? usual;
}

/** The rows that are paths of this store, each path once, in ascending order: the order does not depend on the database's. */
function keepDistinct(rows: readonly PathRow[], storeDir: string, faults: FaultCounter): PathRow[] {
  const byPath = new Map<string, PathRow>();
  for (const row of rows) {
    if (parseStorePath(row.path)?.storeDir !== storeDir || byPath.has(row.path)) faults.add("bad-path", row.path);
    else byPath.set(row.path, row);
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function readReferences(database: DatabaseSync, rowOfId: ReadonlyMap<number, number>, faults: FaultCounter) {
  const pairs = new PairColumns();
  for (const [referrerId, referenceId] of iterateRows(database.prepare(REFERENCES))) {
    if (pairs.count >= MAX_REFERENCES) throwLimit("Refs", MAX_REFERENCES);
    const referrer = rowOfId.get(Number(referrerId));
    const reference = rowOfId.get(Number(referenceId));
    if (referrer !== undefined && reference !== undefined) pairs.push(referrer, reference);
    else faults.add("unknown-reference", `${String(referrerId)} → ${String(referenceId)}`);
  }
  return sortPairs(pairs.first(), pairs.second(), rowOfId.size);
}

// Most derivations of a store outlive their outputs or were never built: an output that is not valid is no fault.
function readOutputs(
  database: DatabaseSync,
  rowOfId: ReadonlyMap<number, number>,
  rowOfPath: ReadonlyMap<string, number>,
) {
  const pairs = new PairColumns();
  const listed = new Uint8Array(rowOfId.size);
  for (const [derivationId, path] of iterateRows(database.prepare(OUTPUTS))) {
    if (pairs.count >= MAX_REFERENCES) throwLimit("DerivationOutputs", MAX_REFERENCES);
    const derivation = rowOfId.get(Number(derivationId));
    if (derivation === undefined) continue;
    listed[derivation] = 1;
    const output = rowOfPath.get(toText(path));
    if (output !== undefined) pairs.push(derivation, output);
  }
  return { listed, pairs: sortPairs(pairs.first(), pairs.second(), rowOfId.size) };
}

/** Rows as arrays: at a million rows, half the time of objects. */
function iterateRows(statement: StatementSync): Iterable<unknown[]> {
  statement.setReturnArrays(true);
  // The declared type does not know that rows are arrays now; the guard does.
  const rows: Iterable<unknown> = statement.iterate();
  return onlyArrays(rows);
}

function* onlyArrays(rows: Iterable<unknown>): Generator<unknown[]> {
  for (const row of rows) {
    if (!Array.isArray(row)) throw new TypeError("a row is not an array");
    yield row;
  }
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function throwLimit(table: string, limit: number): never {
  throw new InputError("limit-exceeded", table, `more than ${limit} rows`);
}

/** Two growing columns of row numbers. */
class PairColumns {
  count = 0;
  #first = new Int32Array(FIRST_CAPACITY);
  #second = new Int32Array(FIRST_CAPACITY);

  push(first: number, second: number): void {
    if (this.count === this.#first.length) this.#grow();
    this.#first[this.count] = first;
    this.#second[this.count] = second;
    this.count += 1;
  }

  first(): Int32Array {
    return this.#first.subarray(0, this.count);
  }

  second(): Int32Array {
    return this.#second.subarray(0, this.count);
  }

  #grow(): void {
    const first = new Int32Array(this.#first.length * 2);
    const second = new Int32Array(this.#second.length * 2);
    first.set(this.#first);
    second.set(this.#second);
    this.#first = first;
    this.#second = second;
  }
}
