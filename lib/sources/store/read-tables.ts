import { listTables, type Pages } from "#lib/formats/sqlite/index.ts";
import { PairColumns } from "./pair-columns.ts";
import { readPaths } from "./read-paths.ts";
import { FaultCounter, type StoreTables } from "./store-tables.ts";
import { type ColumnRead, MAX_PATH_BYTES, readRows, STORE_LIMITS, type StoreDatabase } from "./table-rows.ts";

const REFERENCES: readonly ColumnRead[] = [
  { name: "referrer", as: "count" },
  { name: "reference", as: "count" },
];
const OUTPUTS: readonly ColumnRead[] = [
  { name: "drv", as: "count" },
  { name: "path", as: "text", maxBytes: MAX_PATH_BYTES },
];

/**
 * The tables of a store's database that a snapshot needs, in three passes. Damaged rows are left out and counted. Throws
 * `InputError` (`bad-database`, `limit-exceeded`).
 */
export async function readTables(
  pages: Pages,
  usualStoreDir: string,
  options: { limits?: typeof STORE_LIMITS; signal?: AbortSignal } = {},
): Promise<StoreTables> {
  const { limits = STORE_LIMITS, signal } = options;
  const database = { pages, tables: listTables(pages), signal };
  const faults = new FaultCounter();
  const { storeDir, rows } = await readPaths(database, { usualStoreDir, limits, faults });
  const rowOfId = new Map(rows.map((row, i) => [row.id, i]));
  const maxRows = limits.referenceCount;
  const references = await readReferences(database, { rowOfId, maxRows, faults });
  const rowOfPath = new Map(rows.map((row, i) => [row.path, i]));
  const outputs = await readOutputs(database, { rowOfId, rowOfPath, maxRows });
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

async function readReferences(
  database: StoreDatabase,
  options: { rowOfId: ReadonlyMap<number, number>; maxRows: number; faults: FaultCounter },
) {
  const { rowOfId, maxRows, faults } = options;
  const pairs = new PairColumns();
  for await (const rows of readRows(database, { columns: REFERENCES, table: "Refs", maxRows })) {
    for (const [referrerId, referenceId] of rows) {
      const referrer = rowOfId.get(Number(referrerId ?? -1));
      const reference = rowOfId.get(Number(referenceId ?? -1));
      if (referrer !== undefined && reference !== undefined) pairs.push(referrer, reference);
      else faults.add("unknown-reference", `row ${referrerId ?? "?"} → row ${referenceId ?? "?"}`);
    }
  }
  return pairs.toSorted(rowOfId.size);
}

// Most derivations of a store outlive their outputs or were never built: an invalid output is not a fault.
async function readOutputs(
  database: StoreDatabase,
  options: { rowOfId: ReadonlyMap<number, number>; rowOfPath: ReadonlyMap<string, number>; maxRows: number },
) {
  const { rowOfId, rowOfPath, maxRows } = options;
  const pairs = new PairColumns();
  const listed = new Uint8Array(rowOfId.size);
  for await (const rows of readRows(database, { columns: OUTPUTS, table: "DerivationOutputs", maxRows })) {
    for (const [derivationId, path] of rows) {
      const derivation = rowOfId.get(Number(derivationId ?? -1));
      if (derivation === undefined) continue;
      listed[derivation] = 1;
      const output = typeof path === "string" ? rowOfPath.get(path) : undefined;
      if (output !== undefined) pairs.push(derivation, output);
    }
  }
  return { listed, pairs: pairs.toSorted(rowOfId.size) };
}
