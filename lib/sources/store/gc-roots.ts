import type { Dirent } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import { InputError } from "#lib/model/problem.ts";
import { errorCode, isMissing, outsidePath, type RootDirectory, rerootTarget, resolveInside } from "./path-inside.ts";

/** The directories under the state directory that the collectors read (Nix `gc.cc`, `findRootsNoTemp`; Guix has a fork of it). */
const ROOT_DIRECTORIES = ["gcroots", "profiles"];
export const MAX_ROOT_ENTRIES = 1_000_000;
export const MAX_ROOT_DEPTH = 32;

/** A root of a store path: a symlink, or a file named like the path (as Hydra creates them). */
export interface GcRoot {
  /** Its path inside the root directory. */
  readonly link: string;
  readonly storePath: string;
}

export interface GcRoots {
  /** In the order of their links. A path with several links is repeated; it need not be valid. */
  readonly roots: readonly GcRoot[];
  /** Links and directories that this user may not read. */
  readonly unreadable: readonly string[];
}

interface Walk {
  readonly root: RootDirectory;
  readonly storeDir: string;
  readonly found: GcRoot[];
  readonly unreadable: string[];
}

/**
 * The permanent roots by the collector's rules: every symlink under the root directories that leads into the store, directly or
 * by one symlink elsewhere (an indirect root: `gcroots/auto/HASH` → `/home/me/result` → the store). Dangling links are ignored.
 * Roots of running processes and unfinished builds are in no directory, and so not included.
 */
export async function findGcRoots(options: {
  root: RootDirectory;
  stateDir: string;
  storeDir: string;
  maxEntries?: number;
}): Promise<GcRoots> {
  const { root, stateDir, storeDir, maxEntries = MAX_ROOT_ENTRIES } = options;
  const walk: Walk = { root, storeDir, found: [], unreadable: [] };
  const pending = ROOT_DIRECTORIES.map((name) => ({ directory: join(stateDir, name), depth: 1 }));
  let entryCount = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { directory, depth } = next;
    for (const entry of await listDirectory(walk, directory)) {
      entryCount += 1;
      if (entryCount > maxEntries)
        throw new InputError("limit-exceeded", directory, `more than ${maxEntries} GC roots`);
      const path = join(directory, entry.name);
      if (!entry.isDirectory()) await addRoot(walk, path, entry);
      else if (depth < MAX_ROOT_DEPTH) pending.push({ directory: path, depth: depth + 1 });
      else throw new InputError("limit-exceeded", path, `GC roots more than ${MAX_ROOT_DEPTH} directories deep`);
    }
  }
  return { roots: walk.found.sort((a, b) => (a.link < b.link ? -1 : 1)), unreadable: walk.unreadable.sort() };
}

async function listDirectory(walk: Walk, directory: string): Promise<Dirent[]> {
  return (
    (await unlessUnreadable(walk, directory, () =>
      readdir(outsidePath(walk.root, directory), { withFileTypes: true }),
    )) ?? []
  );
}

async function addRoot(walk: Walk, path: string, entry: Dirent): Promise<void> {
  const storePath = entry.isSymbolicLink()
    ? await unlessUnreadable(walk, path, () => followRoot(walk, path))
    : parseStorePath(join(walk.storeDir, entry.name))?.path;
  if (storePath !== undefined) walk.found.push({ link: path, storePath });
}

async function followRoot(walk: Walk, path: string): Promise<string | undefined> {
  const target = await readlink(outsidePath(walk.root, path));
  const direct = toStorePath(walk, target);
  if (direct !== undefined) return direct;
  const rerooted = rerootTarget(walk.root, target);
  const indirect = rerooted.startsWith("/") ? rerooted : join(dirname(path), rerooted);
  // Only one more link is followed, as in the collector: it deletes paths that only a chain of links keeps.
  const inside = await resolveInside(walk.root, indirect, { followLast: false });
  if (inside === undefined || !(await lstat(outsidePath(walk.root, inside))).isSymbolicLink()) return undefined;
  return toStorePath(walk, await readlink(outsidePath(walk.root, inside)));
}

/** The store path that a target is, or is inside. The store directory may itself have the root's path in front. */
function toStorePath({ root, storeDir }: Walk, target: string): string | undefined {
  const inStore = [target, rerootTarget(root, target)].find((path) => path.startsWith(`${storeDir}/`));
  if (inStore === undefined) return undefined;
  const name = inStore.slice(storeDir.length + 1).split("/", 1)[0];
  return parseStorePath(`${storeDir}/${name}`)?.path;
}

/** `undefined` if nothing is there; if access is denied, the path is recorded as unreadable. */
async function unlessUnreadable<T>(walk: Walk, path: string, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (errorCode(error) === "") throw error;
    walk.unreadable.push(path);
    return undefined;
  }
}
