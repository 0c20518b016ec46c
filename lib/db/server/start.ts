import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { UnreachableError } from "#lib/model/problem.ts";
import { withConnection } from "../connections.ts";
import { type Account, SERVER_ENVIRONMENT } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { DATABASE_USER, socketConfig } from "./cluster.ts";
import type { Cluster } from "./data-directory.ts";
import { findPostmaster, POLL_MILLISECONDS, removeStalePid, signalUntilGone } from "./postmaster.ts";
import { probeServer } from "./probe.ts";
import { serverSettings } from "./settings.ts";

/** After a crash, Postgres replays up to `max_wal_size` of log before it answers. */
const MAX_START_MS = 180_000;
/** Attempts to start a Postgres that ends at once: after `kill -9`, the dead server's backends keep its memory for a moment. */
const START_ATTEMPTS = 20;
const ATTEMPT_PAUSE = 250;
/** With less free space, Postgres cannot even write its lock files and start its log. */
const MIN_FREE_BYTES = 64 * 1024;
/** Reasons that a second attempt does not fix: files missing or damaged, a full disk. */
const STAYS_SO = /No such file or directory|No space left on device|PANIC/;
/**
 * A server that reports for this long that it is shutting down is stuck: while we hold the lock, no other process is stopping it.
 */
export const MAX_STOPPING_MS = 5_000;
export const MAX_KILL_MS = 10_000;

export interface ServerParts {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly socketDirectory: string;
}

/** Returns when the server answers. Starts it if no process serves the data directory. The caller holds the lock. */
export async function ensureServer(parts: ServerParts): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const child = findPostmaster(parts.cluster.postgres) === undefined ? launch(parts) : undefined;
    if (await waitUntilReady(parts, child)) return;
    if (attempt === START_ATTEMPTS || STAYS_SO.test(reason(parts.cluster)))
      throw new UnreachableError(`Postgres does not start: ${reason(parts.cluster)}`);
    await sleep(ATTEMPT_PAUSE);
  }
}

/** In a new session, so that Ctrl-C in the terminal ends only the command: other commands may still use the database. */
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
    child.on("error", () => undefined); // Handled as an exit below; the log has the reason.
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** True once it answers; false if it ended, or had to be ended. */
async function waitUntilReady(parts: ServerParts, child: ChildProcess | undefined): Promise<boolean> {
  const { postgres } = parts.cluster;
  const begun = Date.now();
  while (Date.now() - begun < MAX_START_MS) {
    const state = await probeServer(parts.socketDirectory);
    if (state === "ready") return true;
    if (state === "empty") return createDatabase(parts);
    if (child ? hasEnded(child) : findPostmaster(postgres) === undefined) return false;
    if (state === "stopping" && Date.now() - begun > MAX_STOPPING_MS) {
      await signalUntilGone(postgres, "SIGQUIT", MAX_KILL_MS);
      return false;
    }
    await sleep(POLL_MILLISECONDS);
  }
  throw new UnreachableError(`Postgres did not start within ${MAX_START_MS / 1000} s: ${reason(parts.cluster)}`);
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Also called if the folder of our database is missing on disk, which Postgres reports as a missing database. */
async function createDatabase({ socketDirectory, cluster }: ServerParts): Promise<boolean> {
  const creation = `CREATE DATABASE ${pg.escapeIdentifier(DATABASE_USER)}`;
  try {
    await withConnection(socketConfig(socketDirectory, "postgres"), (client) => client.query(creation));
    return true;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new UnreachableError(
      `the database's files in ${cluster.postgres} are damaged or its disk is full (${said}); restore a backup, or move that folder away`,
      { cause },
    );
  }
}

export function logFile(cluster: Cluster): string {
  return join(cluster.home, "postgres.log");
}

/** The reason in the log. On a full disk the log is empty, because it is on the same disk. */
function reason(cluster: Cluster): string {
  const { bavail, bsize } = statfsSync(cluster.base);
  if (bavail * bsize < MIN_FREE_BYTES) return `No space left on device: the disk of ${cluster.base} is full`;
  const lines = existsSync(logFile(cluster)) ? readFileSync(logFile(cluster), "utf8").trim().split("\n") : [];
  return (
    lines.findLast((line) => line.includes("FATAL") || line.includes("PANIC")) ??
    lines.at(-1) ??
    "no message in the log"
  );
}
