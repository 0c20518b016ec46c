import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { toUnreachable } from "../unreachable.ts";
import { DATABASE_USER } from "./cluster.ts";
import { POLL_MILLISECONDS } from "./postmaster.ts";

/** Dead rows a table must have, beside a fifth of its live ones (as autovacuum_vacuum_scale_factor), before it is vacuumed. */
const MIN_DEAD_ROWS = 500;
/** A table whose rows were never counted since the server was killed is worth a look from this size on. */
const MIN_UNCOUNTED_BYTES = 256 * 1024;
/** A person waits for the command to end. What takes longer is left for a server that lives long enough for autovacuum. */
const MAX_RECLAIM_MS = 30_000;
/** For the clients that have just left to hand in what they counted. */
const COUNT_PATIENCE = 250;

/**
 * Makes the space of forgotten rows free for the next scan. Postgres does so by itself once a minute (autovacuum), but a
 * server that is started for one command and stopped after it never lives that long.
 *
 * A table that was never counted is one whose counts were lost when the server was killed: it is vacuumed once. A server that
 * is gone, and a vacuum that takes too long, leave the space for the next command.
 */
export async function reclaimSpace(socketDirectory: string): Promise<void> {
  const client = new pg.Client({
    host: socketDirectory,
    port: 5432,
    user: DATABASE_USER,
    database: DATABASE_USER,
    statement_timeout: MAX_RECLAIM_MS,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await untilAlone(client);
    const tables = await findWasteful(client);
    if (tables.length > 0) await client.query(`VACUUM ${tables.map((table) => pg.escapeIdentifier(table)).join(", ")}`);
  } catch (error) {
    if (toUnreachable(error) === undefined) throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A client's counts arrive when its backend ends, which is a moment after it has said goodbye. */
async function untilAlone(client: pg.Client): Promise<void> {
  const deadline = Date.now() + COUNT_PATIENCE;
  while (Date.now() < deadline) {
    const { rows } = await client.query<{ others: number }>(
      `SELECT count(*)::int AS others FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    if (rows[0]!.others === 0) return;
    await sleep(POLL_MILLISECONDS);
  }
}

/** Large values stand in a table beside the table, with counts of its own; vacuuming the one vacuums both. */
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
