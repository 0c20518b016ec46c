import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { UnreachableError } from "#lib/model/problem.ts";
import { errorCode, isMissing, outsidePath, type RootDirectory, resolveInside } from "./path-inside.ts";

export type StoreFlavour = "nix" | "guix";

/**
 * Paths of a system's store and database: the same in every distribution of either, the usual state directory first. `/var/nix`
 * is that of a Nix built with the prefix `/`.
 */
export const STORE_LAYOUT = {
  nix: { label: "Nix", stateDirs: ["/nix/var/nix", "/var/nix"], storeDir: "/nix/store" },
  guix: { label: "Guix", stateDirs: ["/var/guix"], storeDir: "/gnu/store" },
} as const;

const DATABASE_NAME = "db.sqlite";

/** A store's database and, if it is part of a system, the state directory with the GC roots. */
export interface StoreLocation {
  /** The database file, to be opened. */
  readonly databasePath: string;
  /** `undefined` for a database on its own. */
  readonly state: { readonly root: RootDirectory; readonly stateDir: string } | undefined;
}

/**
 * Finds a store's database under `rootDir`: in a system's usual place, as `db.sqlite` directly in that directory, or as the file
 * itself. Throws `UnreachableError` if there is none, or if access is denied.
 */
export async function findDatabase(options: { rootDir: string; flavour: StoreFlavour }): Promise<StoreLocation> {
  const { rootDir, flavour } = options;
  try {
    const root = { realPath: await realpath(rootDir) };
    if (!(await stat(root.realPath)).isDirectory()) return { databasePath: root.realPath, state: undefined };
    return (await findInSystem(root, flavour)) ?? (await findAlone(root)) ?? throwNoDatabase(rootDir, flavour);
  } catch (error) {
    if (isMissing(error)) throwNoDatabase(rootDir, flavour, error);
    if (errorCode(error) === "") throw error;
    const message = `${rootDir}: cannot look for the store's database (${errorCode(error)}): run as a user with access`;
    throw new UnreachableError(message, { cause: error });
  }
}

async function findInSystem(root: RootDirectory, flavour: StoreFlavour): Promise<StoreLocation | undefined> {
  for (const usual of STORE_LAYOUT[flavour].stateDirs) {
    const stateDir = await resolveInside(root, usual, { followLast: true });
    if (stateDir === undefined) continue;
    const inside = await resolveInside(root, join(stateDir, "db", DATABASE_NAME), { followLast: true });
    if (inside !== undefined) return { databasePath: outsidePath(root, inside), state: { root, stateDir } };
  }
  return undefined;
}

/** A directory with the database itself; its symlinks are the user's own and are followed. */
async function findAlone(directory: RootDirectory): Promise<StoreLocation | undefined> {
  try {
    return { databasePath: await realpath(join(directory.realPath, DATABASE_NAME)), state: undefined };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function throwNoDatabase(rootDir: string, flavour: StoreFlavour, cause?: unknown): never {
  const { label, stateDirs } = STORE_LAYOUT[flavour];
  const message = `${rootDir}: no ${label} store's database: name the directory with ${stateDirs[0]}/db/${DATABASE_NAME}, or the file itself`;
  throw new UnreachableError(message, { cause });
}
