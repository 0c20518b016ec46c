import pg from "pg";
import { errorCode } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { migrate } from "../migrate.ts";
import { toUnreachable } from "../unreachable.ts";
import { DATABASE_USER } from "./cluster.ts";
import { dataDirectory, type Environment } from "./data-directory.ts";
import { type EmbeddedServer, openEmbeddedServer } from "./embedded.ts";
import { openPool, poolConfig, type QueryLimits } from "./pool.ts";

const OLDEST_SERVER = 15;

/** An open connection to the database, with its tables up to date. */
export interface Database {
  /** The same server for a child process (`DATABASE_URL`) and for Prisma. */
  readonly url: string;
  readonly config: pg.PoolConfig;
  readonly pool: pg.Pool;
  /** Starts the embedded database again after a crash; a server that DATABASE_URL names restarts by itself. */
  revive(): Promise<void>;
  /** Breaks all connections: queries in progress reject, and the server rolls back their transactions. */
  abandon(): Promise<void>;
  /** Closes the pool; the last process to close the embedded database stops it. */
  close(): Promise<void>;
}

/**
 * Opens the database that `DATABASE_URL` names, else the embedded one, which is created and started if necessary, and brings its
 * tables up to date. Throws an UnreachableError with a remedy if no database can be opened.
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

/** The URL unchanged. Throws an UnreachableError if it is not a Postgres URL. */
export function checkAddress(url: string): string {
  if (/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? "")) return url;
  throw new UnreachableError("DATABASE_URL: expected postgresql://USER@HOST/DATABASE");
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

/** In the middle of a query node-postgres ends a connection by closing its socket. The types of a pool's clients lack `end`. */
async function endClient(client: pg.PoolClient): Promise<void> {
  if (client instanceof pg.Client) await client.end();
}

async function close(pool: pg.Pool, server: EmbeddedServer | undefined): Promise<void> {
  if (!pool.ended) await pool.end();
  await server?.release();
}

/** A socket folder is in the place of the host name, as in libpq ("Connection URIs"). */
export function embeddedUrl(socketDirectory: string): string {
  return `postgresql://${DATABASE_USER}@${encodeURIComponent(socketDirectory)}/${DATABASE_USER}`;
}

/** Throws an UnreachableError if no server answers, or if it is too old. */
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
    // A failed connection to several addresses of one host name is an AggregateError, whose message is empty.
    const said = cause instanceof Error ? cause.message || errorCode(cause) || cause.name : String(cause);
    throw new UnreachableError(
      `the database at ${serverName(url)} does not answer (${said}); correct DATABASE_URL, or unset it to use the embedded database`,
      { cause },
    );
  }
}

/** The URL without user and password: error messages end up in logs. */
export function serverName(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? "DATABASE_URL" : `${decodeURIComponent(parsed.host) || "localhost"}${parsed.pathname}`;
}
