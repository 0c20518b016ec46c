import { lstat, readlink } from "node:fs/promises";
import { join } from "node:path";

/** Links that Linux follows before ELOOP (path_resolution(7)). */
export const MAX_LINKS_FOLLOWED = 40;

/**
 * Paths under one directory that acts as `/`, as in chroot(2): absolute links start at that directory, and `..` does not leave
 * it. Otherwise the links of a mounted system would lead into the machine's own files.
 */
export interface RootDirectory {
  /** The real path of the directory; "/" for the machine's own. */
  readonly realPath: string;
}

/** The real path of a path inside the root. */
export function outsidePath(root: RootDirectory, inside: string): string {
  return join(root.realPath, inside);
}

/**
 * A link's target as a path inside the root. A store in a directory (`nix --store DIR`) writes some links with the directory's
 * own path in front; that is removed.
 */
export function rerootTarget(root: RootDirectory, target: string): string {
  if (root.realPath === "/" || !target.startsWith(`${root.realPath}/`)) return target;
  return target.slice(root.realPath.length);
}

/**
 * The path inside the root with every symlink on the way followed, the last part only with `followLast`; `undefined` if nothing
 * is there, or the links loop. Throws other errors of `lstat` (EACCES).
 */
export async function resolveInside(
  root: RootDirectory,
  inside: string,
  options: { followLast: boolean },
): Promise<string | undefined> {
  const pending = splitPath(inside).reverse();
  let resolved: string[] = [];
  let linksFollowed = 0;
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (part === "..") {
      resolved.pop();
      continue;
    }
    const here = [...resolved, part];
    const target = await readTarget(root, here);
    if (target === undefined) return undefined;
    if (target === "" || (pending.length === 0 && !options.followLast)) {
      resolved = here;
      continue;
    }
    linksFollowed += 1;
    if (linksFollowed > MAX_LINKS_FOLLOWED) return undefined;
    const rerooted = rerootTarget(root, target);
    if (rerooted.startsWith("/")) resolved = [];
    pending.push(...splitPath(rerooted).reverse());
  }
  return `/${resolved.join("/")}`;
}

/** A symlink's target, "" for any other file, `undefined` if nothing is there. */
async function readTarget(root: RootDirectory, parts: readonly string[]): Promise<string | undefined> {
  const path = outsidePath(root, parts.join("/"));
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : "";
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function splitPath(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

/** Whether a system call failed because the path does not exist. */
export function isMissing(error: unknown): boolean {
  return errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR" || errorCode(error) === "ENAMETOOLONG";
}

/** The name of a system error (`EACCES`); "" for any other error. */
export function errorCode(error: unknown): string {
  const isSystemError = error instanceof Error && "syscall" in error && "code" in error;
  return isSystemError && typeof error.code === "string" ? error.code : "";
}
