import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type Cell,
  type ColumnWanted,
  findTable,
  type Pages,
  type Table,
  walkTable,
} from "#lib/formats/sqlite/index.ts";

/**
 * Limits of one store, for memory: rows read, whether kept or not. Systems in daily use have some hundred thousand paths, with
 * about ten references each.
 */
export interface StoreLimits {
  readonly pathCount: number;
  /** Rows of `Refs`, and of `DerivationOutputs`. */
  readonly referenceCount: number;
  /** Bytes of text kept: paths, hashes, derivers. */
  readonly textBytes: number;
}

export const STORE_LIMITS: StoreLimits = { pathCount: 300_000, referenceCount: 3_000_000, textBytes: 96 * 1024 ** 2 };

/** Linux's PATH_MAX. Longer text is never loaded. */
export const MAX_PATH_BYTES = 4096;
/** `sha512:` and its base 16 are 135 characters. */
export const MAX_HASH_BYTES = 256;
/** Leaf pages between two turns of the event loop: some milliseconds of work. */
const PAGES_A_TURN = 200;

/** A column's name, and the type to read it as. */
export interface ColumnRead extends Omit<ColumnWanted, "position"> {
  readonly name: string;
}

/** The database that rows are read from. */
export interface StoreDatabase {
  readonly pages: Pages;
  readonly tables: ReadonlyMap<string, Table>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal | undefined;
}

/**
 * The rows of one table, one page at a time, in the order of the requested columns; yields to the event loop in between. Throws
 * `InputError` (`bad-database`, `limit-exceeded`).
 */
export async function* readRows(
  { pages, tables, signal }: StoreDatabase,
  query: { table: string; columns: readonly ColumnRead[]; maxRows: number },
): AsyncGenerator<Cell[][]> {
  const { rootPage, columns: names } = findTable(
    tables,
    query.table,
    query.columns.map(({ name }) => name),
  );
  const columns = query.columns.map(({ name, ...how }) => ({ ...how, position: names.indexOf(name) }));
  let pageCount = 0;
  for (const rows of walkTable(pages, { rootPage, table: query.table, columns, maxRows: query.maxRows })) {
    if (pageCount % PAGES_A_TURN === 0) {
      await nextTurn();
      signal?.throwIfAborted();
    }
    pageCount += 1;
    yield rows;
  }
}
