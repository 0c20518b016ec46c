import type pg from "pg";
import { UnreachableError } from "#lib/model/problem.ts";
import { listPending } from "../migrate.ts";
import { toUnreachable } from "../unreachable.ts";
import { serverAccount } from "./account.ts";
import { installedVersion } from "./binaries.ts";
import { checkCluster } from "./cluster.ts";
import { dataDirectory, type Environment, findCluster } from "./data-directory.ts";
import { assertAnswers, checkAddress, embeddedUrl } from "./database.ts";
import { type Finding, finding } from "./finding.ts";
import { openPool } from "./pool.ts";
import { findPostmaster } from "./postmaster.ts";
import { socketDirectory } from "./socket-directory.ts";

/** Milliseconds: a healthy database answers these few queries at once. */
const MAX_ANSWER_MS = 10_000;
const MEBIBYTE = 2 ** 20;

/** Checks the database without starting it. */
export async function checkDatabase(environment: Environment): Promise<Finding[]> {
  try {
    if (environment.DATABASE_URL) return await checkServer(checkAddress(environment.DATABASE_URL));
    return await checkEmbedded(dataDirectory(environment));
  } catch (error) {
    return [finding("database", false, toReason(error), "see the message")];
  }
}

/** These errors have their remedy in the message; so do system errors, as far as possible. */
function toReason(error: unknown): string {
  const known = toUnreachable(error) ?? error;
  if (known instanceof UnreachableError || (known instanceof Error && "syscall" in known)) return known.message;
  throw error;
}

async function checkEmbedded(home: string): Promise<Finding[]> {
  const version = installedVersion();
  const cluster = findCluster(home);
  if (cluster === undefined || !checkCluster(cluster, version, serverAccount())) {
    return [finding("database", true, `not created yet: the next command creates one (Postgres ${version})`)];
  }
  if (findPostmaster(cluster.postgres) === undefined) {
    return [finding("database", true, `not running: the next command starts it (Postgres ${version})`)];
  }
  return checkServer(embeddedUrl(socketDirectory(cluster)));
}

async function checkServer(url: string): Promise<Finding[]> {
  const pool = openPool(url, { statement_timeout: MAX_ANSWER_MS });
  try {
    await assertAnswers(pool, url);
    return [await checkRunning(pool), await checkTables(pool)];
  } finally {
    await pool.end();
  }
}

async function checkRunning(pool: pg.Pool): Promise<Finding> {
  const { rows } = await pool.query<{ version: string; bytes: number; clients: number }>(`
    SELECT current_setting('server_version') AS version,
           pg_database_size(current_database()) AS bytes,
           (SELECT count(*)::int FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()) AS clients`);
  const { version, bytes, clients } = rows[0]!;
  const size = `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
  return finding("database", true, `Postgres ${version}, ${size}, ${clients} other connections`);
}

async function checkTables(pool: pg.Pool): Promise<Finding> {
  const pending = await listPending(pool);
  if (pending.length === 0) return finding("tables", true, "up to date");
  return finding("tables", true, `the next command brings them up to date: ${pending.join(", ")}`);
}
