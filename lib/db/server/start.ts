import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { UnreachableError } from "#lib/model/problem.ts";
import { type Account, SERVER_ENVIRONMENT } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { DATABASE_USER } from "./cluster.ts";
import type { Cluster } from "./data-directory.ts";
import { findPostmaster, removeStalePid } from "./postmaster.ts";
import { serverSettings } from "./settings.ts";

const POLL_MILLISECONDS = 10;
/** After a crash, Postgres replays up to `max_wal_size` of log before it answers. */
const START_PATIENCE = 180_000;
/** Times to start a Postgres that ends at once: after `kill -9`, the dead one's backends keep its memory for a moment. */
const START_ATTEMPTS = 20;
const ATTEMPT_PAUSE = 250;

const CANNOT_CONNECT_NOW = "57P03";
const NO_SUCH_DATABASE = "3D000";

export interface ServerParts {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly socketDirectory: string;
}

/** Returns when the server answers. Starts it if none serves the data directory. The caller holds the lock. */
export async function ensureServer(parts: ServerParts): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const child = findPostmaster(parts.cluster.postgres) === undefined ? launch(parts) : undefined;
    if (await waitUntilReady(parts, child)) return;
    if (attempt === START_ATTEMPTS) throw new UnreachableError(`Postgres does not start: ${reason(parts.cluster)}`);
    await sleep(ATTEMPT_PAUSE);
  }
}

/** A session of its own: Ctrl-C in the terminal is for the command, and other commands may still use the database. */
function launch({ cluster, binaries, account, socketDirectory }: ServerParts): ChildProcess {
  removeStalePid(cluster.postgres);
  const log = openSync(logFile(cluster), "w", 0o600);
  const settings = Object.entries(serverSettings(socketDirectory)).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  try {
    const child = spawn(binaries.postgres, ["-D", cluster.postgres, ...settings], {
      cwd: "/",
      detached: true,
      stdio: ["ignore", log, log],
      env: SERVER_ENVIRONMENT,
      ...account.spawnAs,
    });
    child.on("error", () => undefined); // Seen as an exit below; the log has the reason.
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** True once it answers; false when it has ended instead. */
async function waitUntilReady(parts: ServerParts, child: ChildProcess | undefined): Promise<boolean> {
  const deadline = Date.now() + START_PATIENCE;
  while (Date.now() < deadline) {
    if (await answers(parts.socketDirectory)) return true;
    const gone = child ? hasEnded(child) : findPostmaster(parts.cluster.postgres) === undefined;
    if (gone) return false;
    await sleep(POLL_MILLISECONDS);
  }
  throw new UnreachableError(`Postgres has not come up in ${START_PATIENCE / 1000} s: ${reason(parts.cluster)}`);
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function answers(socketDirectory: string): Promise<boolean> {
  if (!existsSync(join(socketDirectory, ".s.PGSQL.5432"))) return false;
  const client = new pg.Client({ host: socketDirectory, port: 5432, user: DATABASE_USER, database: DATABASE_USER });
  try {
    await client.connect();
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === NO_SUCH_DATABASE) return createDatabase(socketDirectory);
    // The socket of a dead server, or one that starts or stops.
    if (code === "ECONNREFUSED" || code === "ENOENT" || code === "ECONNRESET" || code === CANNOT_CONNECT_NOW)
      return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(socketDirectory: string): Promise<boolean> {
  const client = new pg.Client({ host: socketDirectory, port: 5432, user: DATABASE_USER, database: "postgres" });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(DATABASE_USER)}`);
    return true;
  } finally {
    await client.end();
  }
}

export function logFile(cluster: Cluster): string {
  return join(cluster.home, "postgres.log");
}

function reason(cluster: Cluster): string {
  const lines = existsSync(logFile(cluster)) ? readFileSync(logFile(cluster), "utf8").trim().split("\n") : [];
  return (
    lines.findLast((line) => line.includes("FATAL") || line.includes("PANIC")) ?? lines.at(-1) ?? "it said nothing"
  );
}
