import { type Dirent, lstatSync, opendirSync, readlinkSync } from "node:fs";
import type { ItemSink } from "#lib/formats/nar/index.ts";
import { displayPath } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import { errorCode } from "./path-inside.ts";
import { readBody } from "./read-body.ts";

/** Limits of one store item, for memory. The largest known items have some hundred thousand names. */
export interface ItemLimits {
  /** Names in the item, including the item itself. */
  readonly entryCount: number;
  /** Directories above a name. */
  readonly depth: number;
}

export const MAX_ITEM_ENTRIES = 500_000;
export const MAX_ITEM_DEPTH = 256;
export const ITEM_LIMITS: ItemLimits = { entryCount: MAX_ITEM_ENTRIES, depth: MAX_ITEM_DEPTH };

type Kind = "file" | "directory" | "symlink" | "other";

/** A name to be emitted. */
interface Entry {
  /** Its path, absolute and inside the item: bytes, which need not be UTF-8. */
  readonly outside: Buffer;
  readonly path: Buffer;
  readonly kind: Kind;
  readonly depth: number;
}

const NOTHING = Buffer.alloc(0);
const SLASH = Buffer.from("/");

/**
 * Walks a store item in the order of its NAR and reads its files, synchronously, so run it in a separate thread. No symlink is
 * followed: links are reported, files are opened with O_NOFOLLOW. Replacing a directory with a link between two of our checks
 * could lead elsewhere; those files do not have the NAR hash that the caller checks.
 *
 * Throws `InputError`, its place the path inside the item: `missing-target` (missing or unreadable), `unsupported` (neither file,
 * directory nor symlink), `size-mismatch` (changed while it was read), `limit-exceeded`.
 */
export function readItem(itemPath: string, sink: ItemSink, limits: ItemLimits = ITEM_LIMITS): void {
  const item = Buffer.from(itemPath);
  const kind = withFault(NOTHING, () => toKind(lstatSync(item)));
  // The next name last; `undefined` ends the current directory.
  const pending: (Entry | undefined)[] = [{ outside: item, path: NOTHING, kind, depth: 0 }];
  let entryCount = 1;
  while (pending.length > 0) {
    const entry = pending.pop();
    if (entry === undefined) sink.endDirectory();
    else if (entry.kind !== "directory") emit(entry, sink);
    else {
      sink.directory(entry.path);
      pending.push(undefined);
      const inside = listDirectory(entry, { ...limits, entryCount: limits.entryCount - entryCount });
      for (const each of inside) pending.push(each);
      entryCount += inside.length;
    }
  }
}

function emit({ outside, path, kind }: Entry, sink: ItemSink): void {
  if (kind === "file") withFault(path, () => readBody(outside, path, sink));
  else if (kind === "symlink") {
    const target = withFault(path, () => readlinkSync(outside, { encoding: "buffer" }));
    sink.symlink(path, target);
  } else throw toFault("unsupported", path, "neither a file, a directory nor a symlink");
}

/** The contents of a directory, by descending names: the last is emitted first. Limited while it is read. */
function listDirectory({ outside, path, depth }: Entry, limits: ItemLimits): Entry[] {
  if (depth >= limits.depth) throw toFault("limit-exceeded", path, "more directories deep than a store item may be");
  // latin1 preserves every byte of a name.
  const directory = withFault(path, () => opendirSync(outside, { encoding: "latin1", bufferSize: 256 }));
  const found: Entry[] = [];
  try {
    for (let each = directory.readSync(); each !== null; each = directory.readSync()) {
      if (found.length >= limits.entryCount)
        throw toFault("limit-exceeded", path, "more names than a store item may have");
      const name = Buffer.from(each.name, "latin1");
      const inside = path.length === 0 ? name : Buffer.concat([path, SLASH, name]);
      found.push({
        outside: Buffer.concat([outside, SLASH, name]),
        path: inside,
        kind: toKind(each),
        depth: depth + 1,
      });
    }
  } finally {
    directory.closeSync();
  }
  // All begin with the directory's path, so they compare like their names.
  return found.sort((a, b) => Buffer.compare(b.path, a.path));
}

function toKind(entry: Pick<Dirent, "isFile" | "isDirectory" | "isSymbolicLink">): Kind {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "symlink" : "other";
}

/** A failed system call is a fault of the item, not an internal error. */
function withFault<T>(path: Buffer, look: () => T): T {
  try {
    return look();
  } catch (error) {
    const code = errorCode(error);
    if (code === "") throw error;
    throw toFault("missing-target", path, code === "ENOENT" ? "not found" : `cannot be read (${code})`, error);
  }
}

function toFault(code: InputError["code"], path: Buffer, message: string, cause?: unknown): InputError {
  return new InputError(code, displayPath(path), message, { cause });
}
