import { closeSync, existsSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { UnreachableError } from "#lib/model/problem.ts";

/**
 * A lock between processes that the kernel lets go of when its owner dies, however it dies. Node has no flock(2), but
 * SQLite locks its files with fcntl(2): an empty database file is a reader–writer lock. (Lock files that hold a process
 * id need a guess whether that process is still the same one; this needs none.)
 */
export interface FileLock {
  release(): void;
}

const RETRY_MILLISECONDS = 15;

/** Many processes may hold `path` shared at the same time. `undefined` while somebody has it exclusively. */
export function tryShared(path: string): FileLock | undefined {
  return tryLock(path, "BEGIN; SELECT count(*) FROM sqlite_master");
}

/** One process holds `path`, and nobody shares it. `undefined` while that is not so. */
export function tryExclusive(path: string): FileLock | undefined {
  return tryLock(path, "BEGIN EXCLUSIVE");
}

/** Waits for the exclusive lock. Throws after `patience` milliseconds, and the signal's reason when it is aborted. */
export async function waitExclusive(path: string, patience: number, signal?: AbortSignal): Promise<FileLock> {
  const deadline = Date.now() + patience;
  for (;;) {
    const lock = tryExclusive(path);
    if (lock !== undefined) return lock;
    if (Date.now() > deadline) throw new UnreachableError(`another process keeps ${path} locked`);
    await sleep(RETRY_MILLISECONDS, undefined, { signal });
  }
}

function tryLock(path: string, begin: string): FileLock | undefined {
  const database = openLockFile(path);
  try {
    // Without a journal file, a process killed here leaves nothing that the next would have to clear away.
    database.exec(`PRAGMA journal_mode = MEMORY; ${begin}`);
    // Closing rolls back, and with the file's last lock of this process goes the kernel's.
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

/** A lock file holds nothing, so that one which SQLite cannot read is not ours, or was damaged, and may go. */
function toLockError(path: string, cause: unknown): UnreachableError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new UnreachableError(
    `the lock file ${path} cannot be used (${said}); check that its folder is writable and not full, or remove that file`,
    { cause },
  );
}

/**
 * Makes the file, and never opens one that is there: closing any descriptor of a file takes away every fcntl(2) lock that
 * the process holds on it, SQLite's too ("How To Corrupt An SQLite Database File", 2.2), and a server holds one for days.
 */
function createPrivate(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}
