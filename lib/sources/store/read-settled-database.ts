import { constants, type FileHandle, open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { applyWal, isSqliteDatabase, WAL_HEADER_LENGTH } from "#lib/formats/sqlite-wal/index.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { errorCode } from "./path-inside.ts";

/** The whole database and its log are held in memory. 100,000 paths with a million references are 82 MB. */
export const MAX_DATABASE_BYTES = 2 ** 31 - 1;
/** How often a database that others write to is read again before we give up, and how long we wait in between. */
const MAX_ATTEMPTS = 40;
const ATTEMPT_PAUSE_MS = 50;
/** A file's time stamp moves in steps of the kernel's tick (at most 10 ms): a file younger than this may change unseen. */
const SETTLING_MS = 30;
/** fileformat2.html#the_rollback_journal: a journal that begins so is in use, or was left by a crash. */
const JOURNAL_MAGIC = "d9d505f920a163d7";

/**
 * The bytes of an SQLite database in one consistent state, its write-ahead log applied: ready to be deserialised.
 *
 * SQLite itself cannot be asked: to read a database in WAL mode it makes `-shm` and `-wal` files beside it, which fails
 * on a read-only file system and leaves debris elsewhere. So no lock is taken and nothing is written. That is safe while
 * the database file stays as it is: a log only grows until all of it has been copied into the database and it starts
 * anew, so the file together with a log of the same header is the state of that log's last whole transaction. A change
 * of the file, or a new log, while we read: read again.
 *
 * Throws `UnreachableError` (cannot be read, never at rest) and `InputError` (`bad-database`, `limit-exceeded`).
 */
export async function readSettledDatabase(path: string): Promise<Uint8Array> {
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const bytes = await readOnce(path);
      if (bytes !== undefined) return bytes;
      await sleep(ATTEMPT_PAUSE_MS);
    }
  } catch (error) {
    if (errorCode(error) === "") throw error;
    throw new UnreachableError(`${path}: cannot be read (${errorCode(error)}): run as a user who may read it`, {
      cause: error,
    });
  }
  throw new UnreachableError(
    `${path}: another process is writing it, or a crash left its journal: try again when the store is at rest`,
  );
}

/** `undefined` when the database changed meanwhile, or is about to. */
async function readOnce(path: string): Promise<Uint8Array | undefined> {
  const before = await fileState(path);
  if (before.ageMs < SETTLING_MS && before.ageMs > -SETTLING_MS) return undefined;
  if (await hasHotJournal(path)) return undefined;
  const wal = await readIfPresent(`${path}-wal`);
  const database = await readWhole(path);
  const walNow = await readIfPresent(`${path}-wal`, WAL_HEADER_LENGTH);
  const after = await fileState(path);
  if (after.identity !== before.identity || !hasSameHeader(wal, walNow) || (await hasHotJournal(path)))
    return undefined;
  if (!isSqliteDatabase(database))
    throw new InputError("bad-database", basename(path), "this is not an SQLite database");
  return applyWal(database, wal);
}

async function fileState(path: string): Promise<{ identity: string; ageMs: number }> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return { identity: [dev, ino, size, mtimeNs, ctimeNs].join(" "), ageMs: Date.now() - Number(mtimeNs / 1_000_000n) };
}

function hasSameHeader(wal: Uint8Array, now: Uint8Array): boolean {
  return Buffer.compare(wal.subarray(0, WAL_HEADER_LENGTH), now.subarray(0, WAL_HEADER_LENGTH)) === 0;
}

async function hasHotJournal(path: string): Promise<boolean> {
  const start = await readIfPresent(`${path}-journal`, JOURNAL_MAGIC.length / 2);
  return Buffer.from(start).toString("hex") === JOURNAL_MAGIC;
}

/** The first `length` bytes of a file, all of it by default; no bytes where there is no file. */
async function readIfPresent(path: string, length = MAX_DATABASE_BYTES): Promise<Uint8Array> {
  try {
    return await readWhole(path, length);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return new Uint8Array(0);
    throw error;
  }
}

async function readWhole(path: string, length = MAX_DATABASE_BYTES): Promise<Uint8Array> {
  // O_NONBLOCK: a named pipe of that name would keep us waiting for its writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return await readFrom(file, path, length);
  } finally {
    await file.close();
  }
}

async function readFrom(file: FileHandle, path: string, length: number): Promise<Uint8Array> {
  const stats = await file.stat();
  if (!stats.isFile()) throw new InputError("bad-database", basename(path), "this is not a regular file");
  if (stats.size > MAX_DATABASE_BYTES) {
    throw new InputError(
      "limit-exceeded",
      basename(path),
      `${stats.size} bytes are more than the ${MAX_DATABASE_BYTES} we read`,
    );
  }
  const bytes = new Uint8Array(Math.min(stats.size, length));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
