import { lstat } from "node:fs/promises";
import { findDatabase, STORE_LAYOUT, type StoreFlavour } from "./find-database.ts";
import { findGcRoots, type GcRoots } from "./gc-roots.ts";
import type { ItemArchives } from "./item-archives.ts";
import { outsidePath, type RootDirectory, rerootTarget, resolveInside } from "./path-inside.ts";
import { readTables } from "./read-tables.ts";
import { readSettledDatabase } from "./settled-database.ts";
import type { StoreTables } from "./store-tables.ts";

export interface OpenedStore {
  /** This machine's own store, named after its directory alone. */
  readonly isOwn: boolean;
  readonly tables: StoreTables;
  /** No roots, and nothing unreadable, for a database on its own. */
  readonly gcRoots: GcRoots;
  /** The directory with the items, for `readItem`; `undefined` for a database on its own, or if there is none. */
  readonly itemsDir: string | undefined;
  /** The items as compressed NARs, which `tables.cached` describes; only binary caches have them. */
  readonly archives?: ItemArchives;
  /** Paths that the source itself names: the snapshot is their closure unless the user names others. */
  readonly namedRoots?: readonly string[];
}

/**
 * Reads a store through its own database: the store's files are not read, the collector's lock is not taken, and nothing is
 * written. The tables are one consistent state even while a daemon works; the roots are read a moment later.
 *
 * `rootDir` is the directory that acts as `/`, one with `db.sqlite`, or that file. Throws `UnreachableError` (no database, no
 * access, never at rest) and `InputError` (`bad-database`, `limit-exceeded`).
 */
export async function openStore(options: {
  rootDir: string;
  flavour: StoreFlavour;
  /** Aborts the reading of the database. */
  signal?: AbortSignal;
}): Promise<OpenedStore> {
  const location = await findDatabase(options);
  const usualStoreDir = STORE_LAYOUT[options.flavour].storeDir;
  const tables = await readSettledDatabase(location.databasePath, (pages) =>
    readTables(pages, usualStoreDir, { signal: options.signal }),
  );
  const { storeDir } = tables;
  const isOwn = options.rootDir === "/";
  if (location.state === undefined)
    return { isOwn, tables, gcRoots: { roots: [], unreadable: [] }, itemsDir: undefined };
  const [gcRoots, itemsDir] = await Promise.all([
    findGcRoots({ ...location.state, storeDir }),
    findItemsDir(location.state.root, storeDir),
  ]);
  return { isOwn, tables, gcRoots, itemsDir };
}

/** The real path of the store directory inside the root. A store built in another directory may have the root's path in front. */
async function findItemsDir(root: RootDirectory, storeDir: string): Promise<string | undefined> {
  const inside = await resolveInside(root, rerootTarget(root, storeDir), { followLast: true });
  if (inside === undefined) return undefined;
  const itemsDir = outsidePath(root, inside);
  return (await lstat(itemsDir)).isDirectory() ? itemsDir : undefined;
}
