import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

// Each way to start the command line works as in the README, and printed commands run when copied.

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const place = makeTestPlace();
const { folder } = place;

const launch = (program: string, args: readonly string[], cwd: string) => {
  const env = { ...process.env, DATABASE_URL: place.database.url, INIT_CWD: undefined };
  return spawnSync(program, args, { cwd, env, encoding: "utf8" });
};

beforeAll(async () => {
  writeFileSync(join(folder, "it.tar"), buildDockerArchive([buildTar([{ path: "a", body: "b" }])], { name: "it's:1" }));
});

it("a scan from another directory ends with the page and a command that can be copied", () => {
  const { status, stderr } = launch(join(PROJECT, "stratigraph"), ["scan", "it.tar"], folder);
  expect(status).toBe(0);
  expect(stderr).toMatch(/\npage: http:\/\/127\.0\.0\.1:\d+\/artifacts\/[0-9a-f]{16}/);
  const next = /\nnext: (.*)\n$/.exec(stderr)![1]!;
  expect(launch("sh", ["-c", next], folder)).toMatchObject({ status: 0, stdout: expect.stringContaining("it's:1") });
});

it("npx starts the checkout's own program", () => {
  const { status, stdout } = launch("npx", ["stratigraph", "list"], PROJECT);
  expect([status, stdout]).toEqual([0, expect.stringContaining("it's:1")]);
});

it("a scan as JSON ends with its document", async () => {
  const { stderr } = await runCli(["scan", join(folder, "it.tar"), "--json"], { databaseUrl: place.database.url });
  expect(stderr).not.toMatch(/^(?:page|next):/m);
});
