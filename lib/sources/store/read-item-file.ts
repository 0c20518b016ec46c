import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { basename, join } from "node:path";
import { InputError } from "#lib/model/problem.ts";
import { errorCode } from "./path-inside.ts";

const READ_BYTES = 1024 ** 2;
/** O_NONBLOCK: a named pipe in the place of the file would wait for its writer. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Reads one regular file of a store item, to at most `maxBytes`. No symlink is followed: one in the place of a directory is refused,
 * and a file that is exchanged meanwhile does not have the digest that the caller checks. Throws InputError.
 */
export function readItemFile(
  { itemsDir, storePath, path }: { readonly itemsDir: string; readonly storePath: string; readonly path: string },
  maxBytes: number,
  take: (piece: Uint8Array) => void,
): void {
  try {
    const file = openSync(findInside(join(itemsDir, basename(storePath)), path), FLAGS);
    try {
      if (!fstatSync(file).isFile()) throw new InputError("unsupported", path, "not a regular file any more");
      readUpTo(file, maxBytes, take);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === "") throw error;
    throw new InputError("missing-target", "", code === "ENOENT" ? `${storePath} does not have it any more` : code, {
      cause: error,
    });
  }
}

function findInside(item: string, path: string): string {
  const parts = path === "" ? [] : path.split("/");
  let at = item;
  for (const part of parts) {
    if (part === ".." || part === "." || part === "") throw new InputError("missing-target", path, "not a file's path");
    if (!lstatSync(at).isDirectory())
      throw new InputError("missing-target", path, "a directory above it is none any more");
    at = join(at, part);
  }
  return at;
}

function readUpTo(file: number, maxBytes: number, take: (piece: Uint8Array) => void): void {
  const buffer = new Uint8Array(READ_BYTES);
  for (let left = maxBytes; left > 0; ) {
    const bytesRead = readSync(file, buffer, 0, Math.min(buffer.length, left), null);
    if (bytesRead === 0) return;
    take(buffer.subarray(0, bytesRead));
    left -= bytesRead;
  }
}
