import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerFind } from "#lib/answers/find.ts";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { directory, file, makeStore } from "#testing/builders/store-items.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";

const { run: runCli } = makeCliSession();

const folder = mkdtempSync(join(tmpdir(), "stratigraph-find-"));
const LIBRARY = "usr/lib/libfoo.so.1";
const ITEM = testStorePath(1, "foo-1");
let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
  const base = buildTar([{ path: LIBRARY, body: "old" }]);
  const images: [name: string, layers: Uint8Array[]][] = [
    ["app/one:1", [base]],
    ["app/two:1", [base, buildTar([{ path: LIBRARY, body: "newer" }])]],
    ["app/three:1", [base, buildTar([{ path: "usr/lib/.wh.libfoo.so.1" }])]],
  ];
  const sources = images.map(([name, layers], i) => {
    const path = join(folder, `${i}.tar`);
    writeFileSync(path, buildDockerArchive(layers, { name }));
    return `docker-archive:${path}`;
  });
  makeStore(join(folder, "store"), [
    { path: ITEM, tree: directory({ lib: directory({ "libfoo.so.1": file("store") }) }) },
  ]);
  const store = `nix-store:${join(folder, "store")}`;
  const scans = [
    ["scan", ...sources],
    ["scan", "--files", "--name", "store", store],
  ];
  for (const args of scans) expect((await runCli(args, { databaseUrl: database.url })).status).toBe(0);
}, 60_000);
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const find = (...args: string[]) => runCli(["find", ...args], { databaseUrl: database.url });

it("lists the artifacts with a file: images whose containers see it, and closures with it", async () => {
  const { status, stdout } = await find("libfoo.so.1", "--json");
  expect(status).toBe(0);
  const { files, truncated } = JSON.parse(stdout);
  expect(files).toEqual([
    {
      path: `/${LIBRARY}`,
      bytes: 5,
      contentCount: 2,
      artifactCount: 2,
      artifacts: [expect.any(String), expect.any(String)],
    },
    { path: `${ITEM}/lib/libfoo.so.1`, bytes: 5, contentCount: 1, artifactCount: 1, artifacts: [expect.any(String)] },
  ]);
  expect(truncated).toBe(false);
  const text = (await find("libfoo.so.1")).stdout;
  expect(text).toContain(`Artifacts with /${LIBRARY}`);
  expect(text).toMatch(/5 B +1 +app\/two:1/);
  expect(text).not.toContain("app/three");
});

it("finds an artifact by a part of its name, a component, and a layer by its digest", async () => {
  const { artifacts } = JSON.parse((await find("app/t", "--json")).stdout);
  expect(artifacts.map(({ name }: { name: string }) => name)).toEqual(["app/two:1", "app/three:1"]);
  const { components } = JSON.parse((await find("foo", "--json")).stdout);
  expect(components).toMatchObject([{ id: ITEM, kind: "store", name: "foo", artifactCount: 1 }]);
  const { rows } = await database.pool.query<{ id: string }>("SELECT encode(diff_id, 'hex') AS id FROM layer LIMIT 1");
  expect((await find(`sha256:${rows[0]!.id.slice(0, 12)}`)).stdout).toContain("diffID");
});

it("finds a file by the beginning of its SHA-256, with its path and the artifacts with it", async () => {
  const digest = createHash("sha256").update("newer").digest("hex");
  for (const text of [digest, `sha256:${digest}`, digest.slice(0, 12), `sha256:${digest.slice(0, 6)}`]) {
    const { contents } = JSON.parse((await find(text, "--json")).stdout);
    const files = [{ artifact: expect.any(String), path: `/${LIBRARY}` }];
    expect(contents).toEqual([{ what: "content", digest: `sha256:${digest}`, files }]);
  }
  expect((await find(digest)).stdout).toMatch(/app\/two:1 +\/usr\/lib\/libfoo/);
  const stored = createHash("sha256").update("store").digest("hex");
  expect((await find(stored)).stdout).toContain(`${ITEM}/lib/libfoo.so.1`);
});

it("says what was searched if nothing is found, and refuses a text or a limit that means nothing", async () => {
  const absent = await find("libabsent.so.1");
  expect([absent.status, absent.stdout]).toEqual([
    0,
    "nothing in 4 artifacts has a name, a digest or a file like libabsent.so.1\n",
  ]);
  for (const args of [["  "], ["foo", "--limit", "0"], ["foo", "--limit", "201"]])
    expect((await find(...args)).status).toBe(2);
});

it("takes any text: LIKE's characters, NUL, a lone surrogate, megabytes", async () => {
  const long = ["x".repeat(1_000_000), "/".repeat(5000), `${"a/".repeat(2000)}b`];
  for (const text of ["%", "_%_", "%libfoo", "lib_oo", "\\", "lib\0foo", "\ud800", ...long])
    expect((await answerFind(database.pool, text)).files.rows).toEqual([]);
  expect((await find("--json", "--", "-%_\\")).status).toBe(0);
});
