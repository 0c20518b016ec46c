import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { UnreachableError } from "#lib/model/problem.ts";
import { type Account, runsAsRoot, SERVER_ENVIRONMENT } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { Cluster } from "./data-directory.ts";

export const DATABASE_USER = "stratigraph";

/** Makes the data directory with initdb where there is none, and refuses one that this Postgres cannot open. */
export function prepareCluster(cluster: Cluster, binaries: Binaries, account: Account): void {
  if (!existsSync(join(cluster.postgres, "PG_VERSION"))) {
    assertEmpty(cluster.postgres);
    initialise(cluster, binaries, account);
  }
  assertVersion(cluster, binaries.version);
}

/** Folders and files without which Postgres does not start, whatever else it has (documentation, "Database File Layout"). */
const ESSENTIAL = ["base", "global/pg_control", "pg_wal"];

/**
 * Looks at a data directory as `prepareCluster` would, and changes nothing. False where it is empty. Throws an
 * UnreachableError where a Postgres of this version cannot open it.
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
 * A folder with files and no PG_VERSION is a backup half restored, a copy that was interrupted, or not a database at all.
 * Whatever it is, it may be the only copy of something: it is never emptied.
 */
function assertEmpty(postgres: string): void {
  const found = statSync(postgres, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isDirectory() && readdirSync(postgres).length === 0) return;
  throw new UnreachableError(
    `${postgres} holds files and is not a complete Postgres data directory (PG_VERSION is missing); nothing was changed: ` +
      "restore all of it, or move it away to start with an empty database",
  );
}

/**
 * In a folder of its own and renamed when complete: an interrupted initdb leaves nothing that looks like a database.
 * Renaming replaces an empty folder and fails on any other (rename(2), ENOTEMPTY), so nothing can get lost here.
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
      `initdb failed in ${cluster.base}: ${initdbReason(made.stderr) || made.error?.message}; DATABASE_URL can name a Postgres of yours`,
    );
  }
  renameSync(unfinished, cluster.postgres);
}

function initdbArguments(folder: string): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${DATABASE_USER}`,
    // Who can open the socket has passed the socket folder's mode 0700: that is the authentication.
    "--auth=trust",
    "--encoding=UTF8",
    // Sorts by code point and needs no locale of the system's, which a bare machine has not and an upgrade may change.
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
    `${cluster.postgres} was made by Postgres ${found}, and this is Postgres ${major}; ` +
      "move that folder away and scan again, or point DATABASE_URL to a Postgres that holds its dump",
  );
}

/** Postgres itself insists on the owner, with a message that names no way out. */
export function assertOwner(cluster: Cluster, account: Account): void {
  if (!existsSync(join(cluster.postgres, "PG_VERSION"))) return;
  const { uid } = statSync(cluster.postgres);
  if (uid === account.uid) return;
  throw new UnreachableError(
    `${cluster.postgres} belongs to uid ${uid}, and Postgres would run as uid ${account.uid}; ` +
      "run the command as that user, or set STRATIGRAPH_DATA to another folder",
  );
}

/** The first line that says what failed; the last ones only tell that initdb clears away what it made. */
function initdbReason(text: string | null): string {
  const lines = (text ?? "").trim().split("\n");
  return lines.find((line) => /\b(error|FATAL|PANIC):/.test(line)) ?? lines.at(-1) ?? "";
}
