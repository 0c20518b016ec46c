import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { errorCode } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { type Account, runsAsRoot } from "./account.ts";
import { findBarrier } from "./reachable.ts";

/** Root's database, if its own data directory is in a folder that Postgres' account may not enter. */
const SYSTEM_STATE = "/var/lib";
const TRAVERSABLE = 0o711;

/** The environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `STRATIGRAPH_DATA`, else the XDG data directory: the database, and everything else that is kept between runs. */
export function dataDirectory(environment: Environment = process.env): string {
  const named = environment.STRATIGRAPH_DATA;
  if (named) return resolve(environment.INIT_CWD ?? process.cwd(), named);
  return join(xdgDataHome(environment), "stratigraph");
}

function xdgDataHome(environment: Environment): string {
  const named = environment.XDG_DATA_HOME;
  // basedir-spec: "All paths must be absolute. If an implementation encounters a relative path, it should ignore it."
  return named?.startsWith("/") ? named : join(environment.HOME || homedir(), ".local", "share");
}

/** The folders of one embedded database. */
export interface Cluster {
  /** The folder of locks and caches; ours. */
  readonly home: string;
  /** A folder that Postgres' account can reach; usually `home` itself. */
  readonly base: string;
  /** PGDATA: `base`/postgres. */
  readonly postgres: string;
}

/** Creates the data directory if it does not exist yet. */
export function makeHome(home: string): void {
  try {
    makeFolders(home);
    accessSync(home, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new UnreachableError(`cannot write to ${home}; set STRATIGRAPH_DATA to a folder you own`, { cause });
  }
}

/**
 * Creates a folder and its parents one by one: recursive `mkdirSync` never ends under /proc, where a folder cannot be created
 * although its parent exists.
 */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  }
}

/** The folders of the embedded database under `home`, created if necessary. The caller holds the lock. */
export function openCluster(home: string, account: Account): Cluster {
  const link = join(home, "postgres");
  if (isLink(link)) return relocated(home, resolveLink(home, link));
  if (isReachable(home, account)) {
    const base = realpathSync(home);
    return { home, base, postgres: join(base, "postgres") };
  }
  if (existsSync(link)) throw unreachable(home);
  return relocate(home, link);
}

/** The same, but changes nothing; `undefined` if no command has created them yet. Throws an UnreachableError. */
export function findCluster(home: string): Cluster | undefined {
  const link = join(home, "postgres");
  if (isLink(link)) return toCluster(home, resolveLink(home, link));
  return existsSync(link) ? toCluster(home, join(realpathSync(home), "postgres")) : undefined;
}

function toCluster(home: string, postgres: string): Cluster {
  return { home, base: dirname(postgres), postgres };
}

/** The data directory's own mode is ours to widen (searchable, not listable); its parents' modes are not. */
function isReachable(home: string, account: Account): boolean {
  const real = realpathSync(home);
  if (findBarrier(real, account) === real) chmodSync(real, TRAVERSABLE);
  return findBarrier(real, account) === undefined;
}

/** Creates the cluster under /var/lib and a link at the usual path, which is moved or deleted with the data directory. */
function relocate(home: string, link: string): Cluster {
  if (!runsAsRoot()) throw unreachable(home);
  const postgres = join(mkdtempSync(join(SYSTEM_STATE, "stratigraph-")), "postgres");
  symlinkSync(postgres, link);
  return relocated(home, postgres);
}

/** A link to a missing folder (a disk not mounted, half a backup) must not become a new, empty database. */
function resolveLink(home: string, link: string): string {
  const postgres = resolve(home, readlinkSync(link));
  if (existsSync(dirname(postgres))) return postgres;
  throw new UnreachableError(
    `${link} leads to ${postgres}, which does not exist; restore it, or remove the link to start with an empty database`,
  );
}

function relocated(home: string, postgres: string): Cluster {
  chmodSync(dirname(postgres), TRAVERSABLE);
  return toCluster(home, postgres);
}

function unreachable(home: string): UnreachableError {
  return new UnreachableError(
    `a folder above ${home} is closed to the account that Postgres runs as; set STRATIGRAPH_DATA to another folder`,
  );
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
