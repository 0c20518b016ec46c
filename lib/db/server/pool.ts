import pg from "pg";
import { toSafeInteger } from "../queries/queryable.ts";

/** Connections per process: several processes share one server of 100. */
const POOL_LIMIT = 10;
const MAX_CONNECT_MS = 10_000;
/** TCP keepalive: after this many milliseconds of silence, the server's machine is probed, since a crashed one sends nothing. */
const KEEP_ALIVE_AFTER = 30_000;

/** Time limits for the queries of a pool, in milliseconds. */
export type QueryLimits = Pick<
  pg.PoolConfig,
  "statement_timeout" | "lock_timeout" | "idle_in_transaction_session_timeout"
>;

/**
 * Default limits of every connection; the caller or the database URL may override them
 * (`DATABASE_URL=postgresql://HOST/DATABASE?statement_timeout=600000`). A read takes seconds. A writer waits for other writers,
 * and between two writes for the rest of the scan (`withWriter`). A suspended process must not block all others forever.
 */
const QUERY_LIMITS: QueryLimits = {
  statement_timeout: 120_000,
  lock_timeout: 900_000,
  idle_in_transaction_session_timeout: 900_000,
};

/** Connections for another process to a database that is already open and up to date. */
export function openPool(url: string, limits: QueryLimits = {}): pg.Pool {
  const pool = new pg.Pool({ ...poolConfig(url), ...QUERY_LIMITS, ...limits });
  // The pool replaces a broken client, and the query in progress rejects. The client emits this event in addition, even while in
  // use; without a listener it would end the process.
  return pool.on("error", () => undefined).on("connect", (client) => client.on("error", () => undefined));
}

/** Every bigint and numeric of ours is a count or a sum of bytes. */
const NUMBERS = new pg.TypeOverrides();
NUMBERS.setTypeParser(pg.types.builtins.INT8, toSafeInteger);
NUMBERS.setTypeParser(pg.types.builtins.NUMERIC, toSafeInteger);

export function poolConfig(url: string): pg.PoolConfig {
  return {
    types: NUMBERS,
    connectionString: url,
    max: POOL_LIMIT,
    connectionTimeoutMillis: MAX_CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER,
    application_name: "stratigraph",
  };
}
