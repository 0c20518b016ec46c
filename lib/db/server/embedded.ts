import { rmSync } from "node:fs";
import { join } from "node:path";
import { UnreachableError } from "#lib/model/problem.ts";
import { serverAccount } from "./account.ts";
import { openBinaries } from "./binaries.ts";
import { assertOwner, prepareCluster } from "./cluster.ts";
import { type Cluster, makeHome, openCluster } from "./data-directory.ts";
import { type FileLock, tryExclusive, tryShared, waitExclusive } from "./lock.ts";
import { signalPostmaster, stopPostmaster } from "./postmaster.ts";
import { openSocketDirectory } from "./socket-directory.ts";
import { ensureServer } from "./start.ts";

/** Somebody else may be running initdb or replaying the log after a crash. */
const LOCK_PATIENCE = 240_000;

/** A running embedded database, and our share in keeping it running. */
export interface EmbeddedServer {
  readonly socketDirectory: string;
  /** Gives up our share; the last one to do so stops the database. */
  release(): Promise<void>;
}

/**
 * Starts the embedded database, or joins the one that runs. Who uses it holds `database.users` shared for as long as it
 * lives; who starts or stops it holds `database.lock` meanwhile. The kernel drops both with the process, so a crash
 * leaves at worst a database that nobody uses: the next command joins it, and stops it when it is the last.
 */
export async function openEmbeddedServer(home: string): Promise<EmbeddedServer> {
  makeHome(home);
  const starting = await lockStartAndStop(home);
  try {
    const { cluster, socketDirectory } = await startServer(home);
    const share = tryShared(usersFile(home));
    if (share === undefined) throw new Error(`${usersFile(home)} is locked by a process that is not ours`);
    return keepServer({ cluster, socketDirectory }, share);
  } finally {
    starting.release();
  }
}

interface RunningServer {
  readonly cluster: Cluster;
  readonly socketDirectory: string;
}

async function startServer(home: string): Promise<RunningServer> {
  const account = serverAccount();
  const cluster = openCluster(home, account);
  assertOwner(cluster, account);
  const socketDirectory = openSocketDirectory(cluster, account);
  const binaries = openBinaries(cluster, account);
  prepareCluster(cluster, binaries, account);
  await ensureServer({ cluster, binaries, account, socketDirectory });
  return { cluster, socketDirectory };
}

function keepServer(server: RunningServer, share: FileLock): EmbeddedServer {
  let released: Promise<void> | undefined;
  const onExit = () => releaseAtExit(server.cluster, share);
  process.once("exit", onExit);
  const release = () => {
    process.off("exit", onExit);
    return stopIfLast(server, share);
  };
  return { socketDirectory: server.socketDirectory, release: () => (released ??= release()) };
}

async function stopIfLast({ cluster, socketDirectory }: RunningServer, share: FileLock): Promise<void> {
  const stopping = await lockStartAndStop(cluster.home);
  try {
    share.release();
    const alone = tryExclusive(usersFile(cluster.home));
    if (alone === undefined) return;
    alone.release();
    await stopPostmaster(cluster.postgres);
    rmSync(socketDirectory, { recursive: true, force: true });
  } finally {
    stopping.release();
  }
}

/** For a command that ends without closing its database (`process.exit`, an uncaught error): as far as it goes without waiting. */
function releaseAtExit(cluster: Cluster, share: FileLock): void {
  share.release();
  const alone = tryExclusive(lockFile(cluster.home)) && tryExclusive(usersFile(cluster.home));
  if (alone !== undefined) signalPostmaster(cluster.postgres, "SIGINT");
}

async function lockStartAndStop(home: string): Promise<FileLock> {
  try {
    return await waitExclusive(lockFile(home), LOCK_PATIENCE);
  } catch (cause) {
    throw new UnreachableError(
      `cannot lock the database in ${home}: ${cause instanceof Error ? cause.message : cause}`,
      {
        cause,
      },
    );
  }
}

function lockFile(home: string): string {
  return join(home, "database.lock");
}

function usersFile(home: string): string {
  return join(home, "database.users");
}
