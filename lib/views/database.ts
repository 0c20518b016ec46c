import "server-only";
import type { Pool } from "pg";
import { openDatabase } from "#lib/db/server/database.ts";

// A development server loads this module again at every edit: the pool must outlive it.
const kept = globalThis as typeof globalThis & { stratigraphPool?: Promise<Pool> };

/** The one pool of this process. Opened by the first page that asks; a failure is not kept, so that the next page tries again. */
export function database(): Promise<Pool> {
  kept.stratigraphPool ??= openDatabase().then(
    ({ pool }) => pool,
    (error: unknown) => {
      kept.stratigraphPool = undefined;
      throw error;
    },
  );
  return kept.stratigraphPool;
}
