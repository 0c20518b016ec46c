import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { withWriter } from "#lib/db/write/transaction.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli } from "#testing/run/run-cli.ts";

const input = (name: string) => [buildDockerArchive([buildTar([{ path: "etc/motd", body: name }])], { name })];

describe("a database that takes too long", () => {
  let database: Database;
  let holder: pg.Client;

  beforeAll(async () => {
    database = await openTestDatabase();
    for (const name of ["a:1", "b:1"]) {
      await runCli(["scan", "docker-archive:-"], { databaseUrl: database.url, input: input(name) });
    }
    holder = new pg.Client(database.config);
    await holder.connect();
  });
  afterAll(async () => {
    await holder.end();
    await database.close();
  });

  /** The tables that the command waits for: plain queries, COPY, Prisma. */
  it.each([
    [["list"], "artifact_name"],
    [["show", "a:1"], "image_layer"],
    [["closure", "a:1"], "packed_graph"],
    [["savings", "a:1", "b:1"], "packed_files"],
    [["report", "list"], "report"],
    [["report", "savings", "a:1", "b:1"], "report"],
  ])("ends %j with one line and exit 4", async (args, table) => {
    await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const run = await runCli(args, { databaseUrl: `${database.url}?statement_timeout=300` });
    await holder.query("ROLLBACK");
    expect(run.stderr).toMatch(/^stratigraph: error: the database took too long to answer; [^\n]*\n$/);
    expect(run).toMatchObject({ status: 4, stdout: "" });
  });

  it.each([
    ["scan", "docker-archive:-"],
    ["rm", "a:1"],
  ])("ends a %s that waits for another writer", async (...args) => {
    const run = await withWriter(database.pool, () =>
      runCli(args, { databaseUrl: `${database.url}?lock_timeout=300`, input: input("c:1") }),
    );
    expect(run.stderr).toMatch(/^stratigraph: error: another command has been writing [^\n]*\n$/);
    expect(run).toMatchObject({ status: 4, stdout: "" });
    const { rows } = await database.pool.query("SELECT name FROM artifact_name ORDER BY name");
    expect(rows).toEqual([{ name: "a:1" }, { name: "b:1" }]);
  });
});
