import { resolve } from "node:path";
import type { Pool } from "pg";
import { listStaleGraphs } from "#lib/db/queries/list-stale-graphs.ts";
import { type Database, openDatabase } from "#lib/db/server/database.ts";
import { openEnvironment, type SourceAccess, type SourceEnvironment } from "#lib/sources/environment.ts";
import type { ExitStatus } from "./exit-status.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

/** What every command gets. */
export interface Workbench {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The exit status of a command that does not throw. */
  status: ExitStatus;
}

/** Runs `use` with the database open and its measures up to date, and closes it in any case. */
export function withDatabase<T>(signal: AbortSignal, use: (database: Database) => Promise<T>): Promise<T> {
  return withOpenDatabase(signal, async (database) => {
    await renewStale(database.pool);
    return use(database);
  });
}

/**
 * The same for a `use` that does not check the signal itself: Ctrl-C breaks the connections, and pending queries reject with the
 * signal's reason.
 */
export function askDatabase<T>(signal: AbortSignal, use: (database: Database) => Promise<T>): Promise<T> {
  return withOpenDatabase(signal, async (database) => {
    const interrupt = () => void database.abandon();
    signal.addEventListener("abort", interrupt, { once: true });
    try {
      signal.throwIfAborted();
      await renewStale(database.pool);
      return await use(database);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener("abort", interrupt);
    }
  });
}

async function withOpenDatabase<T>(signal: AbortSignal, use: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(process.env, { signal });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

/** Loads the code that measures on demand: few databases have measures of an older version. */
async function renewStale(pool: Pool): Promise<void> {
  const stale = await listStaleGraphs(pool);
  if (stale.length === 0) return;
  const { renewMeasures } = await import("./scan/renew-measures.ts");
  await renewMeasures(openTerminal(), pool, stale);
}

/** The base of relative paths: `npm run` changes the directory and sets INIT_CWD. */
export function userDirectory(): string {
  return process.env.INIT_CWD ?? process.cwd();
}

/** A path of the command line as an absolute path. */
export function fromUser(path: string): string {
  return resolve(userDirectory(), path);
}

/** A scan started by the user may read everything. */
export function userAccess(): SourceAccess {
  return { baseDir: userDirectory(), hasStdin: true, allowed: "all" };
}

/** The same for this process, which parses sources and opens none. */
export function userEnvironment(): SourceEnvironment {
  return openEnvironment(userAccess());
}
