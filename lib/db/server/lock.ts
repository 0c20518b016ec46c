import { closeSync, existsSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

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

/** Waits for the exclusive lock; throws after `patience` milliseconds. */
export async function waitExclusive(path: string, patience: number): Promise<FileLock> {
  const deadline = Date.now() + patience;
  for (;;) {
    const lock = tryExclusive(path);
    if (lock !== undefined) return lock;
    if (Date.now() > deadline) throw new Error(`another process keeps ${path} locked`);
    await sleep(RETRY_MILLISECONDS);
  }
}

function tryLock(path: string, begin: string): FileLock | undefined {
  createPrivate(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // Without a journal file, a process killed here leaves nothing that the next would have to clear away.
    database.exec(`PRAGMA journal_mode = MEMORY; ${begin}`);
    // Closing rolls back, and with the file's last lock of this process goes the kernel's.
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
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
