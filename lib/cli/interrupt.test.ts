import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { openTestDatabase } from "#lib/testing/database.ts";
import { buildDockerArchive } from "#lib/testing/image-archive.ts";
import { runCli } from "#lib/testing/run-cli.ts";
import { buildTar } from "#lib/testing/tar.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const MAX_ANSWER_MS = 1000;
/** Backends of this database that wait for a lock. */
const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

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
    [["rm", "a:1"], "node"],
    [["migrate", "--rebuild"], "packed_graph"],
  ])("ends %j at once, with nothing changed", async (args, table) => {
    await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const child = spawn(process.execPath, ["bin/stratigraph.ts", ...args], {
      cwd: PROJECT,
      env: { ...process.env, DATABASE_URL: database.url },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const ended = once(child, "close");
    while (!(await isWaiting())) await sleep(10);
    const begun = performance.now();
    child.kill("SIGINT");
    const [status] = await ended;
    expect(performance.now() - begun).toBeLessThan(MAX_ANSWER_MS);
    expect([status, said]).toEqual([130, "stratigraph: interrupted; nothing half done was stored\n"]);
    await holder.query("ROLLBACK");
    // The server learns of a broken connection when it has its lock.
    while (await isWaiting()) await sleep(10);
    expect((await database.pool.query("SELECT FROM artifact")).rowCount).toBe(2);
  });
});
