import type { Cell } from "#lib/formats/sqlite/index.ts";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import { InputError } from "#lib/model/problem.ts";
import type { FaultCounter } from "./store-tables.ts";
import {
  type ColumnRead,
  MAX_HASH_BYTES,
  MAX_PATH_BYTES,
  readRows,
  type StoreDatabase,
  type StoreLimits,
} from "./table-rows.ts";

/**
 * These columns exist in every schema of both stores (Nix's version 10 adds `ultimate`, `sigs` and `ca`, Guix's has none of
 * them).
 */
const COLUMNS: readonly ColumnRead[] = [
  { name: "id", as: "rowid" },
  { name: "path", as: "text", maxBytes: MAX_PATH_BYTES },
  { name: "hash", as: "text", maxBytes: MAX_HASH_BYTES },
  { name: "deriver", as: "text", maxBytes: MAX_PATH_BYTES },
  { name: "narSize", as: "count" },
];
/** Base 16 as both stores write it, and the other forms that Nix reads: base 32, base 64, SRI. */
const NAR_HASH = /^(?:md5|sha1|sha256|sha512)[:-][0-9A-Za-z+/=]+$/;

export interface PathRow {
  readonly id: number;
  readonly path: string;
  /** "" if there is none. */
  readonly narHash: string;
  readonly deriver: string;
  /** Bytes; 0 if not known. */
  readonly narSize: number;
}

interface PathLimits {
  readonly usualStoreDir: string;
  readonly limits: StoreLimits;
  readonly faults: FaultCounter;
}

/** The rows that are paths of the store, each path once, ascending: the order does not depend on the database's. */
export async function readPaths(
  database: StoreDatabase,
  options: PathLimits,
): Promise<{ storeDir: string; rows: PathRow[] }> {
  const { usualStoreDir, faults } = options;
  const byPath = await readDistinct(database, options);
  const storeDir = findStoreDir(byPath.keys(), usualStoreDir);
  const rows: PathRow[] = [];
  for (const row of byPath.values()) {
    if (row.path.startsWith(`${storeDir}/`) && parseStorePath(row.path)?.storeDir === storeDir) rows.push(row);
    else faults.add("bad-path", row.path);
  }
  return { storeDir, rows: rows.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** The store paths of any store, each once: damaged or repeated ones are counted and left out. */
async function readDistinct(database: StoreDatabase, { limits, faults }: PathLimits): Promise<Map<string, PathRow>> {
  const byPath = new Map<string, PathRow>();
  let left = limits.textBytes;
  const query = { columns: COLUMNS, table: "ValidPaths", maxRows: limits.pathCount };
  for await (const cells of readRows(database, query)) {
    for (const [id, path, ...rest] of cells) {
      const isPath = typeof id === "number" && typeof path === "string" && parseStorePath(path) !== undefined;
      if (!isPath || byPath.has(path)) {
        faults.add("bad-path", typeof path === "string" ? path : `row ${id ?? "?"}`);
        continue;
      }
      const row = toPathRow({ id, path }, rest, faults);
      left -= path.length + row.narHash.length + row.deriver.length;
      if (left < 0) throw new InputError("limit-exceeded", "ValidPaths", `more than ${limits.textBytes} bytes of text`);
      byPath.set(path, row);
    }
  }
  return byPath;
}

/** The usual store directory if any path is in it, else that of the first store path. */
function findStoreDir(paths: Iterable<string>, usual: string): string {
  let first: string | undefined;
  for (const path of paths) {
    if (path.startsWith(`${usual}/`)) return usual;
    first ??= parseStorePath(path)?.storeDir;
  }
  return first ?? usual;
}

function toPathRow(
  { id, path }: Pick<PathRow, "id" | "path">,
  [narHash, deriver, narSize]: readonly Cell[],
  faults: FaultCounter,
): PathRow {
  if (narSize === null) faults.add("unknown-size", path);
  else if (typeof narSize !== "number") faults.add("bad-size", path);
  const hasHash = typeof narHash === "string" && NAR_HASH.test(narHash);
  if (!hasHash) faults.add("bad-hash", path);
  return {
    id,
    path,
    narHash: hasHash ? narHash : "",
    // Older stores write `unknown-deriver` if it is not known.
    deriver: typeof deriver === "string" ? (parseStorePath(deriver)?.path ?? "") : "",
    narSize: typeof narSize === "number" ? narSize : 0,
  };
}
