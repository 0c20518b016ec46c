import { join } from "node:path";
import { UnreachableError } from "#lib/model/problem.ts";
import { serverAccount } from "./account.ts";
import { openBinaries } from "./binaries.ts";
import { assertOwner, prepareCluster } from "./cluster.ts";
import { type Cluster, makeHome, openCluster } from "./data-directory.ts";
import { type FileLock, tryExclusive, tryShared, waitExclusive } from "./lock.ts";
import { signalPostmaster } from "./postmaster.ts";
import { reclaimSpace } from "./reclaim.ts";
import { openSocketDirectory } from "./socket-directory.ts";
import { ensureServer, type ServerParts } from "./start.ts";
import { stopServer } from "./stop.ts";

/** Another process may be running initdb or replaying the log after a crash. */
const MAX_LOCK_WAIT_MS = 240_000;

/** A running embedded database and this process' share in it. */
export interface EmbeddedServer {
  readonly socketDirectory: string;
  /** Starts the server again if it has died; returns when it answers. */
  revive(): Promise<void>;
  /** Gives up our share; the last one to do so stops the database. */
  release(): Promise<void>;
}

/**
 * Starts the embedded database, or joins a running one. Users have a shared lock on `database.users` for as long as they live;
 * a process that starts or stops the server has `database.lock` meanwhile. The kernel drops both locks with the process, so a crash
 * leaves at worst a database without users: the next command joins it, and stops it if it is the last. `signal` ends the wait for
 * another process that is starting it.
 */
export function openEmbeddedServer(home: string, signal?: AbortSignal): Promise<EmbeddedServer> {
  makeHome(home);
  const open = async () => {
    // First: a server that cannot be shared must not be started.
    const share = takeShare(home);
    try {
      const parts = openParts(home);
      await startOrStop(parts, share);
      return keepServer(parts, share);
    } catch (error) {
      share.release();
      throw toUnreachableHome(home, error);
    }
  };
  return whileLocked(home, open, signal);
}

function takeShare(home: string): FileLock {
  const share = tryShared(usersFile(home));
  if (share === undefined)
    throw new UnreachableError(`${usersFile(home)} is locked by a program that is not Stratigraph`);
  return share;
}

function openParts(home: string): ServerParts {
  const account = serverAccount();
  const cluster = openCluster(home, account);
  assertOwner(cluster, account);
  const socketDirectory = openSocketDirectory(cluster, account);
  const binaries = openBinaries(cluster, account);
  prepareCluster(cluster, binaries, account);
  return { cluster, binaries, account, socketDirectory };
}

/** A server that starts but cannot be used (damaged files, full disk) is stopped again. */
async function startOrStop(parts: ServerParts, share: FileLock): Promise<void> {
  try {
    await ensureServer(parts);
  } catch (error) {
    share.release();
    await stopIfUnused(parts);
    throw error;
  }
}

/** File-system errors in the data directory are environment errors, not internal ones. */
function toUnreachableHome(home: string, error: unknown): unknown {
  const isSystemError = error instanceof Error && "syscall" in error && "errno" in error;
  if (!isSystemError) return error;
  return new UnreachableError(
    `the database in ${home} cannot be used (${error.message}); fix that, or set STRATIGRAPH_DATA to another folder`,
    { cause: error },
  );
}

function keepServer(parts: ServerParts, share: FileLock): EmbeddedServer {
  const { home } = parts.cluster;
  let released: Promise<void> | undefined;
  const onExit = () => releaseAtExit(parts.cluster, share);
  process.once("exit", onExit);
  const release = () => {
    process.off("exit", onExit);
    return whileLocked(home, () => {
      share.release();
      return stopIfUnused(parts, () => reclaimSpace(parts.socketDirectory));
    });
  };
  return {
    socketDirectory: parts.socketDirectory,
    revive: () => whileLocked(home, () => ensureServer(parts)),
    release: () => (released ??= release()),
  };
}

/** The caller holds the lock, and has released its own share. */
async function stopIfUnused(parts: ServerParts, tidyUp?: () => Promise<void>): Promise<void> {
  const alone = tryExclusive(usersFile(parts.cluster.home));
  if (alone === undefined) return;
  alone.release();
  await tidyUp?.();
  await stopServer(parts);
}

/**
 * For a command that ends without closing its database (`process.exit`, an uncaught error): does what is possible without
 * waiting. It cannot ask whether the server is recovering from a crash, so it sends the one signal that is safe in every state
 * (see `stopServer`): the next start replays the log.
 */
function releaseAtExit(cluster: Cluster, share: FileLock): void {
  share.release();
  const alone = tryExclusive(lockFile(cluster.home)) && tryExclusive(usersFile(cluster.home));
  if (alone !== undefined) signalPostmaster(cluster.postgres, "SIGQUIT");
}

/** Runs `work` while no other process starts or stops the database. */
async function whileLocked<T>(home: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const lock = await waitExclusive(lockFile(home), MAX_LOCK_WAIT_MS, signal);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function lockFile(home: string): string {
  return join(home, "database.lock");
}

function usersFile(home: string): string {
  return join(home, "database.users");
}
