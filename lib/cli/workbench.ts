import { resolve } from "node:path";
import { type Database, openDatabase } from "#lib/db/server/database.ts";
import type { ExitStatus } from "./exit-status.ts";
import type { Terminal } from "./terminal.ts";

/** What every command works with. */
export interface Workbench {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** How the command ended where it did not throw. */
  status: ExitStatus;
}

/** Runs `use` with the database open, and closes it whatever happens. */
export async function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase();
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

/** A path as the user means it: `npm run` changes the directory, INIT_CWD is where the user stands. */
export function fromUser(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
