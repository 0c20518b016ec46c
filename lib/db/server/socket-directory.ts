import { createHash } from "node:crypto";
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { type Account, runsAsRoot } from "./account.ts";
import type { Cluster } from "./data-directory.ts";

/** sun_path has 108 bytes on Linux and 104 on macOS, including the final NUL (unix(7), unix(4)). */
const SOCKET_PATH_LIMIT = 103;
export const SOCKET_NAME = ".s.PGSQL.5432";
const PRIVATE = 0o700;
/** Not TMPDIR: two commands with different values must still use the same socket. */
const SHORT_PLACE = "/tmp";

/** The folder of the database's socket. Its mode is the access control: only its owner may use the database. */
export function openSocketDirectory(cluster: Cluster, account: Account): string {
  const folder = socketDirectory(cluster);
  // Checked first: mkdir(2) fails on a link that leads nowhere, and reports only that the path exists.
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder, { mode: PRIVATE });
  assertOurs(folder);
  if (runsAsRoot()) lendTo(account, folder);
  assertPrivate(folder, account);
  return folder;
}

/** Removes the socket's folder and only the server's files: the data directory may have had a `run` before. */
export function removeSocketDirectory(folder: string): void {
  for (const name of [SOCKET_NAME, `${SOCKET_NAME}.lock`]) rmSync(join(folder, name), { force: true });
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes(errorCode(error))) throw error;
  }
}

/** Its path, whether or not it exists. */
export function socketDirectory(cluster: Cluster): string {
  const beside = join(cluster.base, "run");
  if (Buffer.byteLength(join(beside, SOCKET_NAME)) <= SOCKET_PATH_LIMIT) return beside;
  const name = createHash("sha256").update(cluster.postgres).digest("hex").slice(0, 16);
  return join(SHORT_PLACE, `stratigraph-${name}`);
}

/** Called before owner and mode are changed: the data directory may have had a folder of this name. */
function assertOurs(folder: string): void {
  const isFolder = lstatSync(folder).isDirectory();
  if (isFolder && readdirSync(folder).every((name) => name.startsWith(SOCKET_NAME))) return;
  const found = isFolder ? "has files that are not the database's" : "is not a folder";
  throw new UnreachableError(
    `${folder} ${found}, but the database's socket has to be there; move it, or set STRATIGRAPH_DATA to another folder`,
  );
}

/** Never follows a link, which another user may have put into the shared temporary folder to make us give away its target. */
function lendTo(account: Account, folder: string): void {
  const { uid } = lstatSync(folder);
  if (lstatSync(folder).isDirectory() && uid === 0) chownSync(folder, account.uid, account.gid);
}

function assertPrivate(folder: string, account: Account): void {
  const { uid } = lstatSync(folder);
  if (uid !== account.uid) throw new UnreachableError(`${folder} belongs to another account (uid ${uid}); remove it`);
  chmodSync(folder, PRIVATE);
}
