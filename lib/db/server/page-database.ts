import type pg from "pg";
import { toUnreachable } from "../unreachable.ts";
import { type Database, openDatabase } from "./database.ts";

/** Milliseconds: the longest time a page waits for one query. */
const PAGE_STATEMENT_TIMEOUT = 20_000;

// A development server loads this module again at every edit, and the pages' bundle has a second copy beside the command line's:
// the pool must survive the reload and be shared by both copies.
const kept = globalThis as typeof globalThis & { stratigraphPages?: Promise<Database> };

/**
 * The one database of this process' pages. The first caller opens it; a failure is not cached, so that the next caller tries
 * again.
 */
export function openPageDatabase(): Promise<Database> {
  kept.stratigraphPages ??= openDatabase(process.env, { statement_timeout: PAGE_STATEMENT_TIMEOUT }).then(
    (database) => {
      nameFailures(database.pool);
      return database;
    },
    (error: unknown) => {
      kept.stratigraphPages = undefined;
      throw error;
    },
  );
  return kept.stratigraphPages;
}

/** Closes it if it was opened. */
export async function closePageDatabase(): Promise<void> {
  const opened = kept.stratigraphPages;
  kept.stratigraphPages = undefined;
  await (await opened)?.close();
}

/** Database failures get their class, and a digest from which the page decides between "wait" and "ask for less". */
function nameFailures(pool: pg.Pool): void {
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  const named = (...args: unknown[]) =>
    query(...args).catch((error: unknown) => {
      throw toUnreachable(error) ?? error;
    });
  pool.query = named as typeof pool.query;
}
