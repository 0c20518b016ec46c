import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { UnreachableError } from "#lib/model/problem.ts";
import { type Account, runsAsRoot, SERVER_ENVIRONMENT } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { Cluster } from "./data-directory.ts";

export const DATABASE_USER = "stratigraph";

/** A connection through the socket in this folder. */
export function socketConfig(socketDirectory: string, database = DATABASE_USER) {
  return { host: socketDirectory, port: 5432, user: DATABASE_USER, database };
}

/** Creates the data directory with initdb if it does not exist, and refuses one that this Postgres cannot open. */
export function prepareCluster(cluster: Cluster, binaries: Binaries, account: Account): void {
  if (!existsSync(join(cluster.postgres, "PG_VERSION"))) {
    assertEmpty(cluster.postgres);
    initialise(cluster, binaries, account);
  }
  assertVersion(cluster, binaries.version);
}

/** Folders and files without which Postgres does not start (documentation, "Database File Layout"). */
const ESSENTIAL = ["base", "global/pg_control", "pg_wal"];

/**
 * Performs the checks of `prepareCluster` and changes nothing. False if the directory is empty. Throws an UnreachableError if a
 * Postgres of this version cannot open it.
 */
export function checkCluster(cluster: Cluster, version: string, account: Account): boolean {
  assertOwner(cluster, account);
  if (!existsSync(join(cluster.postgres, "PG_VERSION"))) {
    assertEmpty(cluster.postgres);
    return false;
  }
  assertVersion(cluster, version);
  const missing = ESSENTIAL.find((name) => !existsSync(join(cluster.postgres, name)));
  if (missing === undefined) return true;
  throw new UnreachableError(
    `the database's files in ${cluster.postgres} are damaged (${missing} is missing); restore a backup, or move that folder away`,
  );
}

/**
 * A folder with files and no PG_VERSION is a half-restored backup, an interrupted copy, or not a database. It may be the only
 * copy of something, so it is never emptied.
 */
function assertEmpty(postgres: string): void {
  const found = statSync(postgres, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isDirectory() && readdirSync(postgres).length === 0) return;
  throw new UnreachableError(
    `${postgres} has files but is not a complete Postgres data directory (PG_VERSION is missing); nothing was changed: ` +
      "restore all of it, or move it away to start with an empty database",
  );
}

/**
 * Initialised under another name and renamed when complete, so that an interrupted initdb leaves nothing that looks like a
 * database. Renaming replaces an empty folder and fails on any other (rename(2), ENOTEMPTY), so no file can be lost.
 */
function initialise(cluster: Cluster, binaries: Binaries, account: Account): void {
  const unfinished = `${cluster.postgres}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  if (runsAsRoot()) chownSync(unfinished, account.uid, account.gid);
  const made = spawnSync(binaries.initdb, initdbArguments(unfinished), {
    cwd: "/",
    encoding: "utf8",
    env: SERVER_ENVIRONMENT,
    ...account.spawnAs,
  });
  if (made.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new UnreachableError(
      `initdb failed in ${cluster.base}: ${initdbReason(made.stderr) || made.error?.message}; set DATABASE_URL to use your own Postgres`,
    );
  }
  renameSync(unfinished, cluster.postgres);
}

function initdbArguments(folder: string): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${DATABASE_USER}`,
    // The socket folder's mode 0700 is the authentication: every client that can open the socket has passed it.
    "--auth=trust",
    "--encoding=UTF8",
    // Sorts by code point and needs no system locale, which may be missing on a minimal machine or change with an upgrade.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
  ];
}

function assertVersion(cluster: Cluster, version: string): void {
  const found = readFileSync(join(cluster.postgres, "PG_VERSION"), "utf8").trim();
  // `18` of `18.4.0-beta.17`: data directories of another major version cannot be opened.
  const major = Number.parseInt(version, 10);
  if (Number(found) === major) return;
  throw new UnreachableError(
    `${cluster.postgres} was made by Postgres ${found}, but this is Postgres ${major}; ` +
      "move that folder away and scan again, or set DATABASE_URL to a Postgres with its dump restored",
  );
}

/** Postgres checks the owner itself, but its message gives no remedy. */
export function assertOwner(cluster: Cluster, account: Account): void {
  if (!existsSync(join(cluster.postgres, "PG_VERSION"))) return;
  const { uid } = statSync(cluster.postgres);
  if (uid === account.uid) return;
  throw new UnreachableError(
    `${cluster.postgres} belongs to uid ${uid}, but Postgres would run as uid ${account.uid}; ` +
      "run the command as that user, or set STRATIGRAPH_DATA to another folder",
  );
}

/** The first line that reports a failure; the last lines only report that initdb cleans up. */
function initdbReason(text: string | null): string {
  const lines = (text ?? "").trim().split("\n");
  return lines.find((line) => /\b(error|FATAL|PANIC):/.test(line)) ?? lines.at(-1) ?? "";
}
