import "server-only";
import type { Pool } from "pg";
import { openPageDatabase } from "#lib/db/server/page-database.ts";

/** The one pool of this process' pages. */
export async function database(): Promise<Pool> {
  return (await openPageDatabase()).pool;
}
