import { lstat } from "node:fs/promises";
import { basename } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { InputError } from "#lib/model/problem.ts";
import { checkSchema } from "./check-schema.ts";
import { findDatabase, STORE_LAYOUT, type StoreFlavour } from "./find-database.ts";
import { findGcRoots, type GcRoots } from "./gc-roots.ts";
import { outsidePath, type RootDirectory, rerootTarget, resolveInside } from "./path-inside.ts";
import { readSettledDatabase } from "./read-settled-database.ts";
import { readTables } from "./read-tables.ts";
import type { StoreTables } from "./store-tables.ts";

export interface OpenedStore {
  readonly tables: StoreTables;
  /** No roots, and nothing unreadable, for a database on its own. */
  readonly gcRoots: GcRoots;
  /** The directory that holds the items, for `readItem`; `undefined` for a database on its own, or where there is none. */
  readonly itemsDir: string | undefined;
}

/**
 * Reads a store through its own database: the store's files are not looked into, no lock of the collector is taken, and
 * nothing is written. The tables are one consistent state even while a daemon works; the roots are those of the moment after.
 *
 * `rootDir` is the directory that stands for `/`, one that holds `db.sqlite`, or that file.
 * Throws `UnreachableError` (no database, no right to read it, never at rest) and `InputError` (`bad-database`, `limit-exceeded`).
 */
export async function openStore(options: { rootDir: string; flavour: StoreFlavour }): Promise<OpenedStore> {
  const location = await findDatabase(options);
  const bytes = await readSettledDatabase(location.databasePath);
  const tables = readBytes(bytes, basename(location.databasePath), STORE_LAYOUT[options.flavour].storeDir);
  const { storeDir } = tables;
  if (location.state === undefined) return { tables, gcRoots: { roots: [], unreadable: [] }, itemsDir: undefined };
  const [gcRoots, itemsDir] = await Promise.all([
    findGcRoots({ ...location.state, storeDir }),
    findItemsDir(location.state.root, storeDir),
  ]);
  return { tables, gcRoots, itemsDir };
}

/** The real path of the store directory inside the root. A store built with another directory may have the root's path in front. */
async function findItemsDir(root: RootDirectory, storeDir: string): Promise<string | undefined> {
  const inside = await resolveInside(root, rerootTarget(root, storeDir), { followLast: true });
  if (inside === undefined) return undefined;
  const itemsDir = outsidePath(root, inside);
  return (await lstat(itemsDir)).isDirectory() ? itemsDir : undefined;
}

function readBytes(bytes: Uint8Array, place: string, usualStoreDir: string): StoreTables {
  const database = new DatabaseSync(":memory:", { enableForeignKeyConstraints: false });
  try {
    database.deserialize(bytes);
    database.exec("pragma trusted_schema = off; pragma query_only = on; pragma cell_size_check = on");
    checkSchema(database);
    return readTables(database, usualStoreDir);
  } catch (error) {
    if (!isDatabaseError(error)) throw error;
    throw new InputError("bad-database", place, `the database is damaged: ${error.message}`, { cause: error });
  } finally {
    database.close();
  }
}

/** SQLite's own complaints, and a number that no exact JavaScript number holds: both are the input's fault. */
function isDatabaseError(error: unknown): error is Error {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === "ERR_SQLITE_ERROR" || error.code === "ERR_OUT_OF_RANGE";
}
