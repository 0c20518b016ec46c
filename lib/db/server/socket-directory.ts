import { createHash } from "node:crypto";
import { chmodSync, chownSync, lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { UnreachableError } from "#lib/model/problem.ts";
import { type Account, runsAsRoot } from "./account.ts";
import type { Cluster } from "./data-directory.ts";

/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing NUL among them (unix(7), unix(4)). */
const SOCKET_PATH_LIMIT = 103;
const SOCKET_NAME = ".s.PGSQL.5432";
const PRIVATE = 0o700;
/** Not TMPDIR: two commands with different ones must still meet. */
const SHORT_PLACE = "/tmp";

/** The folder that the database's socket stands in. Who may enter it may use the database: nobody else can. */
export function openSocketDirectory(cluster: Cluster, account: Account): string {
  const folder = socketDirectory(cluster);
  mkdirSync(folder, { recursive: true, mode: PRIVATE });
  if (runsAsRoot()) lendTo(account, folder);
  assertPrivate(folder, account);
  return folder;
}

export function socketDirectory(cluster: Cluster): string {
  const beside = join(cluster.base, "run");
  if (Buffer.byteLength(join(beside, SOCKET_NAME)) <= SOCKET_PATH_LIMIT) return beside;
  const name = createHash("sha256").update(cluster.postgres).digest("hex").slice(0, 16);
  return join(SHORT_PLACE, `stratigraph-${name}`);
}

/** Never through a link, which somebody else may have put into the shared temporary folder to have us give away its target. */
function lendTo(account: Account, folder: string): void {
  const { uid } = lstatSync(folder);
  if (lstatSync(folder).isDirectory() && uid === 0) chownSync(folder, account.uid, account.gid);
}

function assertPrivate(folder: string, account: Account): void {
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== account.uid) {
    throw new UnreachableError(`${folder} belongs to another account (uid ${found.uid}); remove it`);
  }
  chmodSync(folder, PRIVATE);
}
