import { setTimeout as sleep } from "node:timers/promises";
import { findPostmaster, POLL_MILLISECONDS, signalUntilGone, waitUntilGone } from "./postmaster.ts";
import { probeServer } from "./probe.ts";
import { removeSocketDirectory } from "./socket-directory.ts";
import { MAX_KILL_MS, MAX_STOPPING_MS, type ServerParts } from "./start.ts";

/** A server that recovers from a crash of one of its processes replays at most `max_wal_size` of log. */
const MAX_RECOVERY_MS = 20_000;
/** A fast shutdown writes a checkpoint: seconds after a large load on a slow disk. */
const MAX_SHUTDOWN_MS = 20_000;

type Parts = Pick<ServerParts, "cluster" | "socketDirectory">;

/**
 * Stops the server and removes its socket; committed data is kept. The caller holds the lock.
 *
 * A postmaster that gets a fast shutdown (SIGINT) while it recovers from the crash of a backend may stay in "the database system
 * is shutting down" forever (Postgres 18.4, seen in two of three kills). So its state is checked first: a recovering server is
 * waited for, and one that makes no progress gets the immediate shutdown (SIGQUIT), which leaves recovery to the next start.
 */
export async function stopServer(parts: Parts): Promise<void> {
  const { postgres } = parts.cluster;
  const state = await settle(parts);
  const stopped =
    (state === "ready" && (await signalUntilGone(postgres, "SIGINT", MAX_SHUTDOWN_MS))) ||
    (state === "stopping" && (await waitUntilGone(postgres, MAX_STOPPING_MS))) ||
    (await signalUntilGone(postgres, "SIGQUIT", MAX_KILL_MS)) ||
    (await signalUntilGone(postgres, "SIGKILL", MAX_KILL_MS));
  if (!stopped) throw new Error(`Postgres (process ${findPostmaster(postgres)}) does not stop`);
  removeSocketDirectory(parts.socketDirectory);
}

/** Its state after starting or recovering. */
async function settle({ cluster, socketDirectory }: Parts): Promise<"ready" | "stopping" | "stuck"> {
  const deadline = Date.now() + MAX_RECOVERY_MS;
  while (findPostmaster(cluster.postgres) !== undefined && Date.now() < deadline) {
    // A server whose files are damaged refuses every connection, with various errors.
    const state = await probeServer(socketDirectory).catch(() => "stuck" as const);
    if (state === "empty") return "ready";
    if (state === "ready" || state === "stopping" || state === "stuck") return state;
    await sleep(POLL_MILLISECONDS);
  }
  return "stuck";
}
