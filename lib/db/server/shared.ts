import type { PrismaClient } from "../generated/client.ts";
import { openPrisma } from "../prisma.ts";
import { type Database, openDatabase } from "./database.ts";

/** The database as the web server's pages use it: one a process, opened by the first page that asks. */
export interface SharedDatabase extends Database {
  readonly prisma: PrismaClient;
}

declare global {
  /** On the global object: while developing, a change loads the modules anew, and each would open a pool of its own. */
  var stratigraphDatabase: Promise<SharedDatabase> | undefined;
}

/** A failed attempt is not remembered: the next page tries again. */
export function sharedDatabase(): Promise<SharedDatabase> {
  globalThis.stratigraphDatabase ??= open().catch((error: unknown) => {
    globalThis.stratigraphDatabase = undefined;
    throw error;
  });
  return globalThis.stratigraphDatabase;
}

async function open(): Promise<SharedDatabase> {
  const database = await openDatabase();
  return { ...database, prisma: openPrisma(database.pool) };
}
