import type { DatabaseSync } from "node:sqlite";
import { PairColumns } from "./pair-columns.ts";
import { readPaths } from "./read-paths.ts";
import { FaultCounter, type StoreTables } from "./store-tables.ts";
import { countColumn, iterateRows, MAX_PATH_BYTES, STORE_LIMITS, textColumn } from "./table-rows.ts";

const REFERENCES = [countColumn("referrer"), countColumn("reference")];
const OUTPUTS = [countColumn("drv"), textColumn("path", MAX_PATH_BYTES)];

/**
 * All that the snapshot needs of a store's database, in three passes. Damaged rows are left out and counted.
 * Throws `InputError` (`limit-exceeded`), and what SQLite throws.
 */
export function readTables(database: DatabaseSync, usualStoreDir: string, limits = STORE_LIMITS): StoreTables {
  const faults = new FaultCounter();
  const { storeDir, rows } = readPaths(database, { usualStoreDir, limit: limits.pathCount, faults });
  const rowOfId = new Map(rows.map((row, i) => [row.id, i]));
  const references = readReferences(database, { rowOfId, limit: limits.referenceCount, faults });
  const outputs = readOutputs(database, {
    rowOfId,
    rowOfPath: new Map(rows.map((row, i) => [row.path, i])),
    limit: limits.referenceCount,
  });
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

function readReferences(
  database: DatabaseSync,
  options: { rowOfId: ReadonlyMap<number, number>; limit: number; faults: FaultCounter },
) {
  const { rowOfId, limit, faults } = options;
  const pairs = new PairColumns();
  for (const [referrerId, referenceId] of iterateRows(database, { columns: REFERENCES, table: "Refs", limit })) {
    const referrer = rowOfId.get(Number(referrerId));
    const reference = rowOfId.get(Number(referenceId));
    if (referrer !== undefined && reference !== undefined) pairs.push(referrer, reference);
    else faults.add("unknown-reference", `row ${String(referrerId)} → row ${String(referenceId)}`);
  }
  return pairs.toSorted(rowOfId.size);
}

// Most derivations of a store outlive their outputs or were never built: an output that is not valid is no fault.
function readOutputs(
  database: DatabaseSync,
  options: { rowOfId: ReadonlyMap<number, number>; rowOfPath: ReadonlyMap<string, number>; limit: number },
) {
  const { rowOfId, rowOfPath, limit } = options;
  const pairs = new PairColumns();
  const listed = new Uint8Array(rowOfId.size);
  for (const [derivationId, path] of iterateRows(database, { columns: OUTPUTS, table: "DerivationOutputs", limit })) {
    const derivation = rowOfId.get(Number(derivationId));
    if (derivation === undefined) continue;
    listed[derivation] = 1;
    const output = typeof path === "string" ? rowOfPath.get(path) : undefined;
    if (output !== undefined) pairs.push(derivation, output);
  }
  return { listed, pairs: pairs.toSorted(rowOfId.size) };
}
