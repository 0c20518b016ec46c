import { closeSync, existsSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";

/**
 * A lock between processes that the kernel releases when its owner dies, however it dies. Node has no flock(2), but SQLite locks
 * its files with fcntl(2): an empty database file is a reader–writer lock. (With a process id in a lock file, one would have to
 * guess whether that process is still the same.)
 */
export interface FileLock {
  release(): void;
}

const RETRY_MILLISECONDS = 15;

/** Locks `path` shared, along with any number of processes. `undefined` while another process holds it exclusively. */
export function tryShared(path: string): FileLock | undefined {
  return tryLock(path, "BEGIN; SELECT count(*) FROM sqlite_master");
}

/** Locks `path` exclusively. `undefined` while another process holds it, shared or exclusively. */
export function tryExclusive(path: string): FileLock | undefined {
  return tryLock(path, "BEGIN EXCLUSIVE");
}

/** Waits for the exclusive lock. Throws after `maxMs` milliseconds, and the signal's reason when it is aborted. */
export async function waitExclusive(path: string, maxMs: number, signal?: AbortSignal): Promise<FileLock> {
  const deadline = Date.now() + maxMs;
  for (;;) {
    const lock = tryExclusive(path);
    if (lock !== undefined) return lock;
    if (Date.now() > deadline) throw new UnreachableError(`another process holds a lock on ${path}`);
    await sleep(RETRY_MILLISECONDS, undefined, { signal });
  }
}

function tryLock(path: string, begin: string): FileLock | undefined {
  const database = openLockFile(path);
  try {
    // Without a journal file, a killed process leaves nothing to clean up.
    database.exec(`PRAGMA journal_mode = MEMORY; ${begin}`);
    // Closing rolls back, and releases the kernel's lock with this process' last lock on the file.
    return { release: () => database.isOpen && database.close() };
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw toLockError(path, error);
  }
}

function openLockFile(path: string): DatabaseSync {
  try {
    createPrivate(path);
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw toLockError(path, error);
  }
}

/** A lock file is empty, so one that SQLite cannot read is not ours, or is damaged, and may be deleted. */
function toLockError(path: string, cause: unknown): UnreachableError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new UnreachableError(
    `the lock file ${path} cannot be used (${said}); check that its folder is writable and not full, or remove that file`,
    { cause },
  );
}

/**
 * Creates the file, and never opens an existing one: closing any descriptor of a file releases every fcntl(2) lock that the
 * process holds on it, SQLite's too ("How To Corrupt An SQLite Database File", 2.2), and a server holds one for days.
 */
function createPrivate(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  }
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}
