import type { Stats } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { InputError } from "#lib/model/problem.ts";

/** A name below a directory. */
export interface TreeEntry {
  /** Below the directory, parts separated by slashes. */
  readonly path: Buffer;
  /** On this machine. */
  readonly file: Buffer;
  readonly stats: Stats;
  /** Target of a symlink. */
  readonly target: Buffer | undefined;
}

const SLASH = Buffer.from("/");

/**
 * Everything below a directory on the same file system, each directory before what it contains, names in the order of their bytes.
 * A mounted file system (`/proc`) is listed and not entered. Throws InputError for a name that cannot be read.
 */
export async function* walkTree(root: Buffer): AsyncGenerator<TreeEntry> {
  const { dev } = await lstat(root);
  yield* walk({ directory: root, path: Buffer.alloc(0), device: dev });
}

/** Not deeper than the system opens paths: 4,096 bytes on Linux. */
async function* walk({
  directory,
  path,
  device,
}: {
  directory: Buffer;
  path: Buffer;
  device: number;
}): AsyncGenerator<TreeEntry> {
  const names = await readable(path, () => readdir(directory, { encoding: "buffer" }));
  for (const name of names.sort(Buffer.compare)) {
    const file = Buffer.concat([directory, SLASH, name]);
    const below = path.length === 0 ? name : Buffer.concat([path, SLASH, name]);
    const stats = await readable(below, () => lstat(file));
    const target = stats.isSymbolicLink() ? await readable(below, () => readlink(file, "buffer")) : undefined;
    yield { path: below, file, stats, target };
    if (stats.isDirectory() && stats.dev === device) yield* walk({ directory: file, path: below, device });
  }
}

async function readable<T>(path: Buffer, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** A name that is gone or closed to this user: what is left would not be the tree. */
export function unreadable(path: Buffer, cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (!/^E[A-Z]+$/.test(code)) return cause;
  const reason =
    code === "EACCES" || code === "EPERM"
      ? "permission denied"
      : code === "ENOENT"
        ? "removed while it was read"
        : code;
  return new InputError("truncated", shown(path), reason, { cause });
}

function shown(path: Buffer): string {
  return path.length === 0 ? "." : path.toString("utf8");
}
