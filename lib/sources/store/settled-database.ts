import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bytesAsSource, openPages, type Pages, WAL_HEADER_LENGTH } from "#lib/formats/sqlite/index.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { type FileSource, openFile, openIfPresent } from "./file-source.ts";
import { errorCode } from "./path-inside.ts";

/**
 * A database up to this size is read into memory at once, and has to be at rest only that long: one that is written to constantly
 * is at rest for milliseconds only. A larger one is read in place, page by page.
 */
const MAX_HELD_BYTES = 24 * 1024 ** 2;
/** A log is read once; SQLite copies it into the database after 4 MiB, Nix after 160 MiB. */
export const MAX_LOG_BYTES = 1024 ** 3;
/** Attempts to read a database that is being written to, and the wait between them. */
const MAX_ATTEMPTS = 40;
const ATTEMPT_PAUSE_MS = 50;
/** No further attempt after this long. */
const MAX_WAIT_MS = 20_000;
/** File time stamps advance in steps of the kernel's tick (at most 10 ms): a younger file may change without a new stamp. */
const SETTLING_MS = 30;
/** fileformat2.html#the_rollback_journal: a journal that begins with these bytes is in use, or was left by a crash. */
const JOURNAL_MAGIC = "d9d505f920a163d7";

/**
 * Reads an SQLite database in one consistent state, its write-ahead log applied.
 *
 * SQLite itself cannot be used: to read a database in WAL mode it creates `-shm` and `-wal` files beside it, which fails on a
 * read-only file system and leaves debris elsewhere. So no lock is taken and nothing is written. That is safe while the database
 * file does not change: a log only grows until all of it has been copied into the database and it restarts, so the file together
 * with a log of the same header is the state of that log's last complete transaction. If the file changes, or the log restarts,
 * everything is read again, so `read` may be called several times.
 *
 * Throws `UnreachableError` (cannot be read, never at rest), `InputError` (`bad-database`, `limit-exceeded`), and the errors of
 * `read`.
 */
export async function readSettledDatabase<T>(path: string, read: (pages: Pages) => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS && performance.now() - started < MAX_WAIT_MS; attempt++) {
      const settled = await readOnce(path, read);
      if (settled !== undefined) return settled.value;
      await sleep(ATTEMPT_PAUSE_MS);
    }
  } catch (error) {
    if (errorCode(error) === "") throw error;
    throw new UnreachableError(`${path}: cannot be read (${errorCode(error)}): run as a user with access`, {
      cause: error,
    });
  }
  throw new UnreachableError(
    `${path}: another process is writing it, or a crash left its journal: try again when the store is at rest`,
  );
}

/** `undefined` if the database has changed, or is about to. */
async function readOnce<T>(path: string, read: (pages: Pages) => Promise<T>): Promise<{ value: T } | undefined> {
  const before = await fileState(path);
  if (before.ageMs < SETTLING_MS && before.ageMs > -SETTLING_MS) return undefined;
  if (hasHotJournal(path)) return undefined;
  const wal = openIfPresent(`${path}-wal`);
  try {
    const walHeader = wal.first(WAL_HEADER_LENGTH);
    const isSettled = async () => {
      const isSame = (await fileState(path)).identity === before.identity;
      return isSame && firstBytes(`${path}-wal`, WAL_HEADER_LENGTH).equals(walHeader) && !hasHotJournal(path);
    };
    return await readWhileSettled({ path, wal, isSettled }, read);
  } finally {
    wal.close();
  }
}

/** Checks that the database is at rest before reading a small one, and after reading a large one. */
async function readWhileSettled<T>(
  { path, wal, isSettled }: { path: string; wal: FileSource; isSettled: () => Promise<boolean> },
  read: (pages: Pages) => Promise<T>,
): Promise<{ value: T } | undefined> {
  const place = basename(path);
  if (wal.length > MAX_LOG_BYTES)
    throw new InputError("limit-exceeded", `${place}-wal`, `${wal.length} bytes; the limit is ${MAX_LOG_BYTES}`);
  const database = openFile(path);
  try {
    if (database.length + wal.length <= MAX_HELD_BYTES) {
      const held = { database: bytesAsSource(database.first()), wal: bytesAsSource(wal.first()), place };
      return (await isSettled()) ? { value: await read(openPages(held)) } : undefined;
    }
    const outcome = await settle(async () => read(openPages({ database, wal, place })));
    // A fault in a file that changed during the reading is not a fault of the store.
    if (!(await isSettled())) return undefined;
    if ("error" in outcome) throw outcome.error;
    return outcome;
  } finally {
    database.close();
  }
}

async function settle<T>(run: () => Promise<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await run() };
  } catch (error) {
    return { error };
  }
}

async function fileState(path: string): Promise<{ identity: string; ageMs: number }> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return { identity: [dev, ino, size, mtimeNs, ctimeNs].join(" "), ageMs: Date.now() - Number(mtimeNs / 1_000_000n) };
}

function hasHotJournal(path: string): boolean {
  return firstBytes(`${path}-journal`, JOURNAL_MAGIC.length / 2).toString("hex") === JOURNAL_MAGIC;
}

/** The first `length` bytes of a file; none if the file does not exist. */
function firstBytes(path: string, length: number): Buffer {
  const file = openIfPresent(path);
  try {
    return file.first(length);
  } finally {
    file.close();
  }
}
