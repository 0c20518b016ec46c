import type pg from "pg";
import { toUnreachable } from "../unreachable.ts";
import { type Database, openDatabase } from "./database.ts";

/** Milliseconds: a page's reader waits for no single query longer than this. */
const PAGE_STATEMENT_TIMEOUT = 20_000;

// A development server loads this module again at every edit, and the pages' bundle has a copy of its own beside the command
// line's: the pool must outlive the first and be shared by the second.
const kept = globalThis as typeof globalThis & { stratigraphPages?: Promise<Database> };

/** The one database of this process' pages. Opened by whoever asks first; a failure is not kept, so that the next may try. */
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

/** Closes it where it was opened. */
export async function closePageDatabase(): Promise<void> {
  const opened = kept.stratigraphPages;
  kept.stratigraphPages = undefined;
  await (await opened)?.close();
}

/** What fails in the database says so by its class, and the page by its digest whether to wait or to ask for less. */
function nameFailures(pool: pg.Pool): void {
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  const named = (...args: unknown[]) =>
    query(...args).catch((error: unknown) => {
      throw toUnreachable(error) ?? error;
    });
  pool.query = named as typeof pool.query;
}
