import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { dataDirectory, type Environment } from "./data-directory.ts";
import { serverName } from "./database.ts";
import { checkDatabase } from "./doctor-database.ts";
import { type Finding, finding } from "./finding.ts";

const OLDEST_NODE = 24;
/** Below this, one scan of a large image fills the disk. */
const FREE_BYTES = 2 * 2 ** 30;
const GIBIBYTE = 2 ** 30;

/**
 * Checks this installation from the machine up to the tables. Creates, starts and changes nothing: commands do that when they
 * need the database.
 */
export async function checkInstallation(environment: Environment = process.env): Promise<Finding[]> {
  const embedded = !environment.DATABASE_URL;
  return [
    checkNode(),
    checkWhich(environment),
    ...(embedded ? [checkDirectory(environment), await checkSpace(environment)] : []),
    ...(await checkDatabase(environment)),
  ];
}

function checkNode(): Finding {
  const ok = Number.parseInt(process.versions.node, 10) >= OLDEST_NODE;
  const remedy = "run npm ci, and start the command with npm run: it uses the Node of this installation";
  return finding("Node", ok, `${process.version} on ${process.platform}-${process.arch}`, remedy);
}

function checkWhich(environment: Environment): Finding {
  const url = environment.DATABASE_URL;
  return finding("which database", true, url ? `DATABASE_URL: ${serverName(url)}` : "the embedded Postgres");
}

function checkDirectory(environment: Environment): Finding {
  const home = dataDirectory(environment);
  const existing = findExisting(home);
  const where = existsSync(join(home, "postgres"))
    ? `${home} (database in ${realpathSync(join(home, "postgres"))})`
    : home;
  const remedy = `make ${existing} writable, or set STRATIGRAPH_DATA to a folder you own`;
  return finding("data directory", isWritable(existing), where, remedy);
}

async function checkSpace(environment: Environment): Promise<Finding> {
  const { bavail, bsize } = await statfs(findExisting(dataDirectory(environment)));
  const free = bavail * bsize;
  const remedy = "free some space, or set STRATIGRAPH_DATA to a folder on a larger disk";
  return finding("free space", free >= FREE_BYTES, `${(free / GIBIBYTE).toFixed(1)} GiB`, remedy);
}

function findExisting(path: string): string {
  let folder = path;
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
