import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import type { ByteSource } from "#lib/formats/sqlite/index.ts";
import { InputError } from "#lib/model/problem.ts";
import { errorCode } from "./path-inside.ts";

/** An open file with random access, at its length when it was opened. */
export interface FileSource extends ByteSource {
  /** The first `length` bytes, all of them by default. */
  first(length?: number): Buffer;
  close(): void;
}

const NO_FILE: FileSource = { length: 0, read: () => 0, first: () => Buffer.alloc(0), close: () => undefined };

/** Opens a regular file. Throws `InputError` (`bad-database`) for anything else, and system errors. */
export function openFile(path: string): FileSource {
  // O_NONBLOCK: a named pipe at this path would wait for its writer.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const stats = fstatSync(fd);
  if (!stats.isFile()) {
    closeSync(fd);
    throw new InputError("bad-database", basename(path), "not a regular file");
  }
  const read = (at: number, into: Uint8Array) => readFully(fd, at, into);
  return {
    length: stats.size,
    read,
    first(length = stats.size) {
      const bytes = Buffer.alloc(Math.min(length, stats.size));
      return bytes.subarray(0, read(0, bytes));
    },
    close: () => closeSync(fd),
  };
}

/** The same; an empty file if there is none. */
export function openIfPresent(path: string): FileSource {
  try {
    return openFile(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return NO_FILE;
    throw error;
  }
}

function readFully(fd: number, at: number, into: Uint8Array): number {
  let filled = 0;
  while (filled < into.length) {
    const count = readSync(fd, into, filled, into.length - filled, at + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}
