import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import type { DataHome } from "./data-home.ts";
import { type CliRun, runCli } from "./run-cli.ts";

/** A scan through the real command, paused in the middle of its transaction, and its connections. */
export interface HeldScan {
  readonly run: Promise<CliRun>;
  /** A separate connection of the test, which keeps the scan waiting. */
  readonly client: pg.Client;
  /** Process id of the scan's own backend. */
  readonly backend: number;
}

const WRITER_LOCK = 7_283_051;
const POLL_MILLISECONDS = 20;

/**
 * Starts a scan on the embedded database of `home` and returns when it waits for the writers' lock, which the test holds. Its
 * image comes through a pipe, so that it cannot be stored before the test has the lock.
 */
export async function holdScan(home: DataHome): Promise<HeldScan> {
  const connecting = connect(home);
  const run = runCli(["scan", "docker-archive:-", "--name", "held"], {
    databaseUrl: "",
    environment: home.environment,
    input: afterwards(connecting, buildDockerArchive([buildTar([{ path: "etc/motd", body: "hello" }])])),
  });
  const client = await connecting;
  return { run, client, backend: await findWaiting(client) };
}

async function* afterwards(ready: Promise<unknown>, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await ready;
  yield bytes;
}

/** Waits for the server that the scan starts. Does not count as a user: the scan is the last one. */
async function connect(home: DataHome): Promise<pg.Client> {
  for (;;) {
    const host = join(home.path, "run");
    const client = new pg.Client({ host, port: 5432, user: "stratigraph", database: "stratigraph" });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.query("SELECT pg_advisory_lock($1)", [WRITER_LOCK]);
      return client;
    } catch {
      // Not created, not started or without our database yet; the test's own time limit ends this.
      await sleep(POLL_MILLISECONDS);
    }
  }
}

async function findWaiting(client: pg.Client): Promise<number> {
  for (;;) {
    const { rows } = await client.query<{ pid: number }>(
      "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted",
      [WRITER_LOCK],
    );
    if (rows[0] !== undefined) return rows[0].pid;
    await sleep(POLL_MILLISECONDS);
  }
}
