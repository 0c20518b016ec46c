import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { tryExclusive } from "#lib/db/server/lock.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeDataHome } from "#testing/run/data-home.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli } from "#testing/run/run-cli.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
/** From the key to the message. The process ends right after it: with Prisma's WebAssembly, that takes as long as its compiler. */
const MAX_ANSWER_MS = 1000;
/** By then a command waits. A slower one does not listen yet, and the signal itself ends it. */
const START_MS = 3000;
/** Backends of this database that wait for a lock. */
const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/** Starts the command, presses Ctrl-C when it waits, and expects a clean end. */
async function expectInterrupted(
  args: readonly string[],
  environment: NodeJS.Dict<string>,
  isWaiting: () => Promise<boolean>,
): Promise<void> {
  const child = spawn(process.execPath, ["bin/stratigraph.mjs", ...args], {
    cwd: PROJECT,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  let answeredAt = Number.POSITIVE_INFINITY;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    answeredAt = performance.now();
  });
  const ended = once(child, "close");
  while (!(await isWaiting())) await sleep(10);
  const begun = performance.now();
  child.kill("SIGINT");
  const [status] = await ended;
  expect(answeredAt - begun).toBeLessThan(MAX_ANSWER_MS);
  expect([status, said]).toEqual([130, "stratigraph: interrupted; nothing half done was stored\n"]);
}

it.each(["list", "serve", "scan"])("Ctrl-C in %s while another command starts the database", async (command) => {
  const home = makeDataHome();
  mkdirSync(home.path);
  const other = tryExclusive(join(home.path, "database.lock"))!;
  const args = command === "scan" ? ["scan", "docker-archive:image.tar"] : [command];
  const isStarted = () => sleep(START_MS, true);
  await expectInterrupted(args, home.environment, isStarted);
  other.release();
  await home.remove();
});

describe("Ctrl-C in a command that waits for its database", () => {
  let database: Database;
  let holder: pg.Client;

  beforeAll(async () => {
    database = await openTestDatabase();
    for (const name of ["a:1", "b:1"]) {
      const input = [buildDockerArchive([buildTar([{ path: "etc/motd", body: name }])], { name })];
      await runCli(["scan", "docker-archive:-"], { databaseUrl: database.url, input });
    }
    holder = new pg.Client(database.config);
    await holder.connect();
  });
  afterEach(() => holder.query("ROLLBACK"));
  afterAll(async () => {
    await holder.end();
    await database.close();
  });

  async function isWaiting(): Promise<boolean> {
    // Not by the holder: in one transaction, this view does not change.
    return (await database.pool.query(WAITING)).rowCount! > 0;
  }

  it.each([
    [["list"], "artifact_name"],
    [["show", "a:1"], "image_layer"],
    [["files", "a:1"], "layer_entry"],
    [["waste", "a:1"], "wasted_body"],
    [["find", "absent"], "layer_entry"],
    [["closure", "a:1"], "packed_graph"],
    [["why", "a:1", "x"], "packed_graph"],
    [["referrers", "a:1", "x"], "packed_graph"],
    [["diff", "a:1", "b:1"], "packed_graph"],
    [["overlap", "a:1", "b:1"], "packed_files"],
    [["savings", "a:1", "b:1"], "packed_files"],
    [["report", "savings", "a:1", "b:1"], "report"],
    [["report", "list"], "report"],
    [["report", "export", "x", "--format", "csv"], "report"],
    [["report", "describe", "x", "--title", "y"], "report"],
    [["report", "rm", "x"], "report"],
    [["chunks", "a:1"], "artifact_name"],
    [["rm", "a:1"], "node"],
    [["migrate", "--rebuild"], "packed_graph"],
  ])("ends %j at once, with nothing changed", async (args, table) => {
    await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    await expectInterrupted(args, { DATABASE_URL: database.url }, isWaiting);
    await holder.query("ROLLBACK");
    // The server notices a broken connection once it has the lock.
    while (await isWaiting()) await sleep(10);
    expect((await database.pool.query("SELECT FROM artifact")).rowCount).toBe(2);
  });
});
