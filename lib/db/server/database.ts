import pg from "pg";
import { UnreachableError } from "#lib/model/problem.ts";
import { migrate } from "../migrate.ts";
import { toUnreachable } from "../unreachable.ts";
import { DATABASE_USER } from "./cluster.ts";
import { dataDirectory, type Environment } from "./data-directory.ts";
import { type EmbeddedServer, openEmbeddedServer } from "./embedded.ts";

/** Clients a process keeps: several processes share one server of 100. */
const POOL_LIMIT = 10;
const CONNECT_PATIENCE = 10_000;
/** A server whose machine is gone does not say so: from so many milliseconds of silence on, its system is asked. */
const KEEP_ALIVE_AFTER = 30_000;
const OLDEST_SERVER = 15;

/** An open connection to the database of this set-up, its tables up to date. */
export interface Database {
  /** The same server for a child process (`DATABASE_URL`) and for Prisma. */
  readonly url: string;
  readonly config: pg.PoolConfig;
  readonly pool: pg.Pool;
  /** Starts the embedded database again where it died; a server that DATABASE_URL names comes back by itself. */
  revive(): Promise<void>;
  /** Breaks all connections: queries under way reject, and the server rolls back what they were about. */
  abandon(): Promise<void>;
  /** Closes the pool; the last process to close the embedded database stops it. */
  close(): Promise<void>;
}

/**
 * Opens the database that `DATABASE_URL` names, else the embedded one, which is made and started where need be, and
 * brings its tables up to date. Throws an UnreachableError that says what to do when there is none to be had.
 */
export async function openDatabase(
  environment: Environment = process.env,
  { signal, ...limits }: QueryLimits & { readonly signal?: AbortSignal } = {},
): Promise<Database> {
  if (environment.DATABASE_URL) return connect(checkAddress(environment.DATABASE_URL), limits);
  const server = await openEmbeddedServer(dataDirectory(environment), signal);
  try {
    return await connect(embeddedUrl(server.socketDirectory), limits, server);
  } catch (error) {
    await server.release();
    throw error;
  }
}

/** The same address. Throws an UnreachableError where it is none. */
export function checkAddress(url: string): string {
  if (/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? "")) return url;
  throw new UnreachableError("DATABASE_URL is no address of a Postgres: postgresql://USER@HOST/DATABASE is meant");
}

async function connect(url: string, limits: QueryLimits, server?: EmbeddedServer): Promise<Database> {
  const pool = openPool(url, limits);
  const clients = new Set<pg.PoolClient>();
  pool.on("connect", (client) => clients.add(client)).on("remove", (client) => clients.delete(client));
  try {
    await assertAnswers(pool, url);
    await migrate(pool);
  } catch (error) {
    await pool.end();
    throw toUnreachable(error) ?? error;
  }
  const revive = async () => server?.revive();
  const abandon = async () => {
    // A connection that is being made now would wait as if nothing had happened.
    pool.on("connect", (client) => void endClient(client));
    await Promise.all(Array.from(clients, endClient));
  };
  return { url, config: poolConfig(url), pool, revive, abandon, close: () => close(pool, server) };
}

/** How long the queries of a pool may take, in milliseconds. */
export type QueryLimits = Pick<
  pg.PoolConfig,
  "statement_timeout" | "lock_timeout" | "idle_in_transaction_session_timeout"
>;

/**
 * What holds of every connection, unless told otherwise: by the caller, or by whoever sets up the database
 * (`DATABASE_URL=postgresql://HOST/DATABASE?statement_timeout=600000`). A query that only reads takes seconds; a writer waits for
 * others and between two writes for what is still being read (`withWriter`), and a process that was stopped in the middle
 * must not keep all others waiting for good.
 */
const QUERY_LIMITS: QueryLimits = {
  statement_timeout: 120_000,
  lock_timeout: 900_000,
  idle_in_transaction_session_timeout: 900_000,
};

/** In the middle of a query node-postgres ends a connection by closing its socket. A pool's clients have no `end` in its types. */
async function endClient(client: pg.PoolClient): Promise<void> {
  if (client instanceof pg.Client) await client.end();
}

async function close(pool: pg.Pool, server: EmbeddedServer | undefined): Promise<void> {
  if (!pool.ended) await pool.end();
  await server?.release();
}

/** Connections to a database that is open and up to date already, for another process that uses it. */
export function openPool(url: string, limits: QueryLimits = {}): pg.Pool {
  const pool = new pg.Pool({ ...poolConfig(url), ...QUERY_LIMITS, ...limits });
  // A client that breaks is replaced by the pool, and a query under way fails by its promise. The event comes besides, from
  // clients in use as well; unheard, it would end the process.
  return pool.on("error", () => undefined).on("connect", (client) => client.on("error", () => undefined));
}

function poolConfig(url: string): pg.PoolConfig {
  return {
    connectionString: url,
    max: POOL_LIMIT,
    connectionTimeoutMillis: CONNECT_PATIENCE,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER,
    application_name: "stratigraph",
  };
}

/** A socket folder stands where a host name would, as libpq writes it ("Connection URIs"). */
export function embeddedUrl(socketDirectory: string): string {
  return `postgresql://${DATABASE_USER}@${encodeURIComponent(socketDirectory)}/${DATABASE_USER}`;
}

/** Throws an UnreachableError where no server answers, or one that is too old. */
export async function assertAnswers(pool: pg.Pool, url: string): Promise<void> {
  const version = await serverVersion(pool, url);
  if (version >= OLDEST_SERVER) return;
  throw new UnreachableError(`${serverName(url)} is Postgres ${version}; ${OLDEST_SERVER} or newer is needed`);
}

async function serverVersion(pool: pg.Pool, url: string): Promise<number> {
  try {
    const { rows } = await pool.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int AS version",
    );
    return Math.floor((rows[0]?.version ?? 0) / 10_000);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message || errorCode(cause) : String(cause);
    throw new UnreachableError(
      `the database at ${serverName(url)} does not answer (${said}); mend DATABASE_URL, or unset it to use the embedded one`,
      { cause },
    );
  }
}

/** A failed connection to several addresses of one name is an AggregateError, whose message is empty. */
function errorCode(error: Error): string {
  return "code" in error ? String(error.code) : error.name;
}

/** The address without user and password: error messages end up in logs. */
export function serverName(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? "DATABASE_URL" : `${decodeURIComponent(parsed.host) || "localhost"}${parsed.pathname}`;
}
