import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { withConnection } from "../connections.ts";
import { toUnreachable } from "../unreachable.ts";
import { socketConfig } from "./cluster.ts";
import { POLL_MILLISECONDS } from "./postmaster.ts";

/**
 * Minimum number of dead rows, in addition to a fifth of its live ones (as autovacuum_vacuum_scale_factor), before a table is
 * vacuumed.
 */
const MIN_DEAD_ROWS = 500;
/** Minimum size of a table to be vacuumed if its statistics were lost when the server was killed. */
const MIN_UNCOUNTED_BYTES = 256 * 1024;
/** Longest wait at the end of a command. A longer vacuum is left to a server that lives long enough for autovacuum. */
const MAX_RECLAIM_MS = 30_000;
/** Time for the clients that have just left to report their statistics. */
const MAX_COUNT_WAIT_MS = 250;

/**
 * Makes the space of removed rows free for the next scan. Postgres does so once a minute (autovacuum), but a server that is
 * started for one command never lives that long.
 *
 * A table without statistics lost them when the server was killed: it is vacuumed once. If the server is gone or a vacuum takes
 * too long, the space is left for the next command.
 */
export async function reclaimSpace(socketDirectory: string): Promise<void> {
  const config = { ...socketConfig(socketDirectory), statement_timeout: MAX_RECLAIM_MS };
  try {
    await withConnection(config, vacuumWasteful);
  } catch (error) {
    if (toUnreachable(error) === undefined) throw error;
  }
}

async function vacuumWasteful(client: pg.Client): Promise<void> {
  await untilAlone(client);
  const tables = await findWasteful(client);
  if (tables.length > 0) await client.query(`VACUUM ${tables.map((table) => pg.escapeIdentifier(table)).join(", ")}`);
}

/** A client's statistics arrive when its backend ends, a moment after the client has disconnected. */
async function untilAlone(client: pg.Client): Promise<void> {
  const deadline = Date.now() + MAX_COUNT_WAIT_MS;
  while (Date.now() < deadline) {
    const { rows } = await client.query<{ others: number }>(
      `SELECT count(*)::int AS others FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    if (rows[0]!.others === 0) return;
    await sleep(POLL_MILLISECONDS);
  }
}

/** Large values are in a TOAST table with its own statistics; vacuuming the main table vacuums both. */
async function findWasteful(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT t.relname AS name FROM pg_stat_user_tables t
     JOIN pg_class c ON c.oid = t.relid
     LEFT JOIN pg_stat_all_tables large ON large.relid = c.reltoastrelid
     WHERE greatest(t.n_dead_tup - t.n_live_tup / 5, large.n_dead_tup - large.n_live_tup / 5) > $1
        OR (t.last_vacuum IS NULL AND t.n_live_tup = 0 AND pg_table_size(t.relid) > $2)`,
    [MIN_DEAD_ROWS, MIN_UNCOUNTED_BYTES],
  );
  return rows.map(({ name }) => name);
}
