import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli } from "#testing/run/run-cli.ts";

describe("a source that cannot be read", () => {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-unreadable-"));
  const at = (name: string) => join(folder, name);
  const socket = createServer();
  let database: Database;

  beforeAll(async () => {
    database = await openTestDatabase();
    mkdirSync(at("folder"));
    symlinkSync("loop", at("loop"));
    writeFileSync(at("plain"), "");
    writeFileSync(at("good.tar"), buildDockerArchive([buildTar([{ path: "etc/motd", body: "hello" }])]));
    await new Promise<void>((resolve) => socket.listen(at("socket"), resolve));
  });
  afterAll(async () => {
    socket.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["is not there", "missing.tar", 4, /missing\.tar: no such file or directory$/],
    ["lies below a file", "plain/image.tar", 4, /no such file or directory$/],
    ["is a link to itself", "loop", 4, /no such file or directory$/],
    ["has a name of 5,000 letters", "x".repeat(5000), 4, /x{100} … x{100}.*: no such file or directory$/],
    ["is a socket", "socket", 4, /socket: cannot be read \(ENXIO\)$/],
    ["is a directory", "folder", 3, /expected an archive file, got a directory; for a layout, pass oci:DIR$/],
  ])("because it %s ends in one line", async (_why, name, status, says) => {
    const run = await runCli(["scan", `docker-archive:${at(name)}`], { databaseUrl: database.url });
    expect(run.stderr.endsWith("\n")).toBe(true);
    expect(run.stderr.slice(0, -1)).toMatch(says);
    expect(run).toMatchObject({ status, stdout: "", stderr: expect.stringMatching(/^stratigraph: error: [^\n]+\n$/) });
  });

  it("that is a pipe: the message says how pipes are read", async () => {
    spawnSync("mkfifo", [at("pipe")]);
    // Opened for reading and writing, it never blocks, and neither does the command.
    const held = openSync(at("pipe"), "r+");
    const run = await runCli(["scan", `docker-archive:${at("pipe")}`], { databaseUrl: database.url });
    closeSync(held);
    expect(run).toMatchObject({ status: 4, stderr: expect.stringContaining("pass docker-archive:- and pipe it in") });
  });

  it("one wrong source on the command line stores none of the others", async () => {
    const run = await runCli(["scan", `docker-archive:${at("good.tar")}`, `docker-arhive:${at("good.tar")}`], {
      databaseUrl: database.url,
    });
    expect(run).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`did you mean docker-archive:${at("good.tar")}?`),
    });
    expect((await database.pool.query("SELECT FROM artifact")).rowCount).toBe(0);
  });

  it("one without a transport is guessed, and the guess is printed", async () => {
    const run = await runCli(["scan", at("good.tar")], { databaseUrl: database.url });
    expect(run).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(`${at("good.tar")}: scanned as docker-archive:`),
    });
  });
});
