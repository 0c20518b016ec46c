import type { DatabaseSync } from "node:sqlite";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import type { FaultCounter } from "./store-tables.ts";
import { countColumn, iterateRows, MAX_HASH_BYTES, MAX_PATH_BYTES, textColumn } from "./table-rows.ts";

/** These columns stand in every schema of both stores (Nix's 10 adds `ultimate`, `sigs` and `ca`, Guix's has none of them). */
const COLUMNS = [
  countColumn("id"),
  textColumn("path", MAX_PATH_BYTES),
  textColumn("hash", MAX_HASH_BYTES),
  textColumn("deriver", MAX_PATH_BYTES),
  `iif(narSize is null, null, ${countColumn("narSize")})`,
];
/** Base 16 as both stores write it, and whatever else Nix reads: base 32, base 64, SRI. */
const NAR_HASH = /^(?:md5|sha1|sha256|sha512)[:-][0-9A-Za-z+/=]+$/;

/** A row of `ValidPaths`, as it is. */
interface RawRow {
  readonly id: number;
  readonly path: string;
  readonly narHash: unknown;
  readonly deriver: unknown;
  /** `null` where the database does not know, -1 where it is no number of bytes. */
  readonly narSize: unknown;
}

export interface PathRow {
  readonly id: number;
  readonly path: string;
  /** "" where there is none. */
  readonly narHash: string;
  readonly deriver: string;
  /** Bytes; 0 where not known. */
  readonly narSize: number;
}

/** The rows that are paths of the store, each path once, ascending: the order does not depend on the database's. */
export function readPaths(
  database: DatabaseSync,
  options: { usualStoreDir: string; limit: number; faults: FaultCounter },
): { storeDir: string; rows: PathRow[] } {
  const { usualStoreDir, limit, faults } = options;
  const raw = readRawRows(database, limit, faults);
  const storeDir = findStoreDir(raw, usualStoreDir);
  const byPath = new Map<string, PathRow>();
  for (const row of raw) {
    if (parseStorePath(row.path)?.storeDir !== storeDir || byPath.has(row.path)) faults.add("bad-path", row.path);
    else byPath.set(row.path, toPathRow(row, faults));
  }
  return { storeDir, rows: [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function readRawRows(database: DatabaseSync, limit: number, faults: FaultCounter): RawRow[] {
  const rows: RawRow[] = [];
  for (const [id, path, narHash, deriver, narSize] of iterateRows(database, {
    columns: COLUMNS,
    table: "ValidPaths",
    limit,
  })) {
    if (typeof id === "number" && id >= 0 && typeof path === "string")
      rows.push({ id, path, narHash, deriver, narSize });
    else faults.add("bad-path", `row ${String(id)}`);
  }
  return rows;
}

/** The usual store directory when any path is in it, else that of the first store path. */
function findStoreDir(rows: readonly RawRow[], usual: string): string {
  let first: string | undefined;
  for (const { path } of rows) {
    if (path.startsWith(`${usual}/`)) return usual;
    first ??= parseStorePath(path)?.storeDir;
  }
  return first ?? usual;
}

function toPathRow({ id, path, narHash, deriver, narSize }: RawRow, faults: FaultCounter): PathRow {
  if (narSize === null) faults.add("unknown-size", path);
  else if (narSize === -1) faults.add("bad-size", path);
  const hasHash = typeof narHash === "string" && NAR_HASH.test(narHash);
  if (!hasHash) faults.add("bad-hash", path);
  return {
    id,
    path,
    narHash: hasHash ? narHash : "",
    // Older stores write `unknown-deriver` where they do not know.
    deriver: typeof deriver === "string" ? (parseStorePath(deriver)?.path ?? "") : "",
    narSize: Math.max(0, Number(narSize)),
  };
}
