import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive, sha256 } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { measureCli, runCli } from "#testing/run/run-cli.ts";

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  platform?: { os: string; architecture: string };
}

const on = (architecture: string) => ({ platform: { os: "linux", architecture } });

describe("odd OCI layouts", () => {
  let database: Database;
  let folder: string;
  const scan = (...options: string[]) =>
    measureCli(["scan", `oci:${folder}`, ...options], { databaseUrl: database.url });

  function put(bytes: Uint8Array | string, mediaType = ""): Descriptor {
    const body = Buffer.from(bytes);
    writeFileSync(join(folder, "blobs/sha256", sha256(body)), body);
    return { mediaType, digest: `sha256:${sha256(body)}`, size: body.length };
  }

  function putImage(): Descriptor {
    const layer = buildTar([{ path: "a", body: "a" }]);
    const config = JSON.stringify({ rootfs: { diff_ids: [`sha256:${sha256(layer)}`] } });
    return put(JSON.stringify({ config: put(config), layers: [put(layer)] }), MANIFEST);
  }

  const putIndex = (manifests: Descriptor[]) => put(JSON.stringify({ manifests }), INDEX);
  const writeIndex = (manifests: Descriptor[]) =>
    writeFileSync(join(folder, "index.json"), JSON.stringify({ manifests }));

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stratigraph-layout-"));
    mkdirSync(join(folder, "blobs/sha256"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(["{}", "[]", "null", '"x"'])("a manifest that is %s is one line and exit 3", async (body) => {
    writeIndex([put(body, INDEX)]);
    const run = await scan();
    expect([run.status, run.stderr.trim().split("\n").length]).toEqual([3, 1]);
  });

  it("a blob that is a link to itself is missing", async () => {
    const image = putImage();
    const path = join(folder, "blobs", image.digest.replace(":", "/"));
    unlinkSync(path);
    symlinkSync(path, path);
    writeIndex([image]);
    const run = await scan();
    expect([run.status, run.stderr]).toEqual([3, expect.stringContaining("the blob is missing")]);
  });

  it("the only platform of an index is scanned, and named", async () => {
    writeIndex([putIndex([{ ...putImage(), ...on("s390x") }])]);
    const run = await scan();
    expect([run.status, run.stderr]).toEqual([0, expect.stringContaining("took linux/s390x, the only platform")]);
    expect((await scan("--platform", "linux/arm64")).status).toBe(3);
  });

  it("platforms that an engine left out of an archive are no fault", async () => {
    const missing = { mediaType: MANIFEST, digest: `sha256:${"12".repeat(32)}`, size: 100 };
    const others = ["amd64", "arm64"].map((architecture) => ({ ...missing, ...on(architecture) }));
    writeIndex([putIndex([...others, { ...putImage(), ...on("s390x") }])]);
    const run = await scan();
    expect([run.status, run.stderr]).toEqual([0, expect.stringContaining("took linux/s390x")]);
    const all = await scan("--platform", "all", "--json");
    expect([all.status, JSON.parse(all.stdout).artifacts.length]).toEqual([0, 1]);
    const named = await scan("--platform", "linux/arm64");
    expect([named.status, named.stderr]).toEqual([3, expect.stringContaining("the blob is missing")]);
  });

  it("indexes with a million paths to one image are read once", async () => {
    let index = putImage();
    for (let depth = 0; depth < 3; depth++) index = putIndex(new Array(100).fill(index));
    writeIndex([index]);
    const run = await scan("--platform", "all", "--json");
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout).artifacts).toHaveLength(1);
    expect(run.peakBytes).toBeLessThan(300 * 1024 ** 2);
  });
});

describe("text that Postgres cannot store", () => {
  it("a NUL in a command and in a name is shown as a replacement character", async () => {
    const database = await openTestDatabase();
    const config = { config: { Cmd: ["run\0me"] }, created: "\0" };
    const archive = buildDockerArchive([buildTar([{ path: "a", body: "a" }])], { name: "with\0nul:1", config });
    const run = await runCli(["scan", "docker-archive:-"], { databaseUrl: database.url, input: [archive] });
    const { rows } = await database.pool.query(
      "SELECT command, name FROM image JOIN artifact_name USING (artifact_id)",
    );
    await database.close();
    expect([run.status, rows]).toEqual([0, [{ command: ["run\ufffdme"], name: "with\ufffdnul:1" }]]);
  });
});

describe("odd names", () => {
  it.each([
    ["a line break", "two\nlines:1", "two⟨U+000A⟩lines:1"],
    ["a terminal's commands", "red\u001b[31m:1", "red⟨U+001B⟩[31m:1"],
    ["a change of direction", "\u202eabc:1", "⟨U+202E⟩abc:1"],
  ])("%s is spelled out", async (_name, name, shown) => {
    const database = await openTestDatabase();
    const archive = buildDockerArchive([buildTar([{ path: "a", body: "a" }])], { name });
    const options = { databaseUrl: database.url };
    const scanned = await runCli(["scan", "docker-archive:-"], { ...options, input: [archive] });
    const listed = await runCli(["list"], options);
    await database.close();
    expect(scanned.stderr).toContain(shown);
    expect(listed.stdout).toContain(shown);
    // Below the headings.
    expect(listed.stdout.trim().split("\n")).toHaveLength(2);
  });
});
