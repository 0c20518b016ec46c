import { createHash } from "node:crypto";
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UnreachableError } from "#lib/model/problem.ts";
import { type Account, runsAsRoot } from "./account.ts";
import type { Cluster } from "./data-directory.ts";

/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing NUL among them (unix(7), unix(4)). */
const SOCKET_PATH_LIMIT = 103;
export const SOCKET_NAME = ".s.PGSQL.5432";
const PRIVATE = 0o700;
/** Not TMPDIR: two commands with different ones must still meet. */
const SHORT_PLACE = "/tmp";

/** The folder that the database's socket stands in. Who may enter it may use the database: nobody else can. */
export function openSocketDirectory(cluster: Cluster, account: Account): string {
  const folder = socketDirectory(cluster);
  // Looked at first: mkdir(2) fails on a link that leads nowhere, and says only that something is there.
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder, { mode: PRIVATE });
  assertOurs(folder);
  if (runsAsRoot()) lendTo(account, folder);
  assertPrivate(folder, account);
  return folder;
}

/** Takes the socket's folder away, and nothing that is not the server's: the data directory may have had a `run` before. */
export function removeSocketDirectory(folder: string): void {
  for (const name of [SOCKET_NAME, `${SOCKET_NAME}.lock`]) rmSync(join(folder, name), { force: true });
  try {
    rmdirSync(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "ENOENT") throw error;
  }
}

/** Where it stands, made or not. */
export function socketDirectory(cluster: Cluster): string {
  const beside = join(cluster.base, "run");
  if (Buffer.byteLength(join(beside, SOCKET_NAME)) <= SOCKET_PATH_LIMIT) return beside;
  const name = createHash("sha256").update(cluster.postgres).digest("hex").slice(0, 16);
  return join(SHORT_PLACE, `stratigraph-${name}`);
}

/** Before owner and mode are changed: a data directory may have had a folder of this name before it was one. */
function assertOurs(folder: string): void {
  const isFolder = lstatSync(folder).isDirectory();
  if (isFolder && readdirSync(folder).every((name) => name.startsWith(SOCKET_NAME))) return;
  const found = isFolder ? "holds files that are not the database's" : "is not a folder";
  throw new UnreachableError(
    `${folder} ${found}, and its socket must stand there; move it away, or set STRATIGRAPH_DATA`,
  );
}

/** Never through a link, which somebody else may have put into the shared temporary folder to have us give away its target. */
function lendTo(account: Account, folder: string): void {
  const { uid } = lstatSync(folder);
  if (lstatSync(folder).isDirectory() && uid === 0) chownSync(folder, account.uid, account.gid);
}

function assertPrivate(folder: string, account: Account): void {
  const { uid } = lstatSync(folder);
  if (uid !== account.uid) throw new UnreachableError(`${folder} belongs to another account (uid ${uid}); remove it`);
  chmodSync(folder, PRIVATE);
}
