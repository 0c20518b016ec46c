import type { Pool, PoolClient } from "pg";
import { withPooled } from "../connections.ts";

/**
 * Writers take turns: ids of shared rows (content, component) are looked up and then assigned, which two writers at once would do
 * twice. Reading never waits. The number is arbitrary.
 */
const WRITER_LOCK = 7_283_051;
/**
 * Milliseconds for one statement of a writer, including the wait for the writers' lock (`lock_timeout` ends that earlier): the
 * largest COPY takes seconds, but one whose sender was suspended would keep the lock forever.
 */
const MAX_WRITE_MS = 1_800_000;

/** Runs `write` in one transaction as the only writer: all of it becomes visible, or nothing. */
export function withWriter<T>(pool: Pool, write: (client: PoolClient) => Promise<T>): Promise<T> {
  return withPooled(pool, async (client) => {
    // The connection's own limit is for queries.
    await client.query(`BEGIN; SET LOCAL statement_timeout = ${MAX_WRITE_MS}`);
    await client.query("SELECT pg_advisory_xact_lock($1)", [WRITER_LOCK]);
    const value = await write(client);
    await client.query("COMMIT");
    return value;
  });
}

/** Reserves `count` ids of a serial column and returns the first. Only for the writer. */
export async function reserveIds(client: PoolClient, table: string, count: number): Promise<number> {
  const { rows } = await client.query<{ first: number }>(
    "SELECT nextval(s) AS first, setval(s, currval(s) + $2) FROM pg_get_serial_sequence($1, 'id') AS s",
    [table, Math.max(count - 1, 0)],
  );
  return rows[0]!.first;
}
