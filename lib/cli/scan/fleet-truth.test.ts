import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { writeDockerSave, writeZstdLayout } from "#testing/builders/image-forms.ts";
import { expectTrueRetained } from "#testing/oracles/true-retained.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { sharedData } from "#testing/run/shared-data.ts";

interface Truth {
  images: Record<
    string,
    {
      manifest: string;
      config: string;
      layers: {
        digest: string;
        diff_id: string;
        compressed: number;
        tar: number;
        entries: number;
        filebytes: number;
      }[];
      compressed: number;
      flat_filebytes: number;
      layer_filebytes: number;
      wasted_bytes: number;
    }
  >;
}

interface Shown {
  digest: string;
  configDigest: string;
  layersContentSize: number;
  rootfsSize: number;
  wastedSize: number;
  downloadSize: number;
  layers: {
    digest: string;
    diffId: string;
    downloadSize: number;
    tarSize: number;
    contentSize: number;
    entryCount: number;
  }[];
  wasted: { bytes: number }[];
}

function readTruth(fleet: string): Truth["images"] {
  const file = sharedData(`${fleet}/truth.json`);
  return file === undefined ? {} : (JSON.parse(readFileSync(file, "utf8")) as Truth).images;
}

/** Facts that do not depend on compression. */
function expectContents(shown: Shown, truth: Truth["images"][string]): void {
  expect(shown).toMatchObject({
    configDigest: truth.config,
    layersContentSize: truth.layer_filebytes,
    rootfsSize: truth.flat_filebytes,
    wastedSize: truth.wasted_bytes,
    layers: truth.layers.map((layer) => ({
      diffId: layer.diff_id,
      tarSize: layer.tar,
      contentSize: layer.filebytes,
      entryCount: layer.entries,
    })),
  });
  expect(shown.wasted.reduce((total, body) => total + body.bytes, 0)).toBe(truth.wasted_bytes);
}

function expectBlobs(shown: Shown, truth: Truth["images"][string]): void {
  expect(shown).toMatchObject({
    digest: truth.manifest,
    downloadSize: truth.compressed,
    layers: truth.layers.map((layer) => ({ digest: layer.digest, downloadSize: layer.compressed })),
  });
}

describe.skipIf(sharedData("fleet-mini/oci") === undefined)("the seven images of fleet-mini", () => {
  const truth = readTruth("fleet-mini");
  const names = Object.keys(truth);
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-forms-"));
  let database: Database;
  const run = (...args: string[]) => runCliJson<Shown>(args, { databaseUrl: database.url });

  beforeAll(async () => {
    database = await openTestDatabase();
    await run("scan", `oci:${sharedData("fleet-mini/oci")}`);
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it.each(names)("%s from the OCI layout", async (name) => {
    const shown = await run("show", name);
    expectContents(shown, truth[name]!);
    expectBlobs(shown, truth[name]!);
  });

  it("from zstd: the same contents, one set of layers in the database", async () => {
    writeZstdLayout(sharedData("fleet-mini/oci")!, folder);
    await run("scan", `oci:${folder}`);
    for (const name of names) expectContents(await run("show", name), truth[name]!);
    const { rows } = await database.pool.query("SELECT count(*)::int AS layers FROM layer");
    expect(rows).toEqual([{ layers: 6 }]);
  });

  it("from a multi-image docker save: the same contents, one set of layers in the database", async () => {
    await run("scan", `docker-archive:${sharedData("fleet-mini/docker-save-multi.tar.gz")}`);
    for (const name of ["m-base", "m-sqlite", "m-lua-sqlite"]) {
      expectContents(await run("show", `localhost/${name}:latest`), truth[name]!);
    }
    const { rows } = await database.pool.query("SELECT count(*)::int AS layers FROM layer");
    expect(rows).toEqual([{ layers: 6 }]);
  });

  it("all seven from one docker save: the same contents, one set of layers in the database", async () => {
    const fresh = await openTestDatabase();
    const archive = join(folder, "seven.tar.gz");
    writeDockerSave(sharedData("fleet-mini/oci")!, archive);
    await runCliJson(["scan", `docker-archive:${archive}`], { databaseUrl: fresh.url });
    for (const name of names) {
      expectContents(await runCliJson<Shown>(["show", name], { databaseUrl: fresh.url }), truth[name]!);
    }
    const { rows } = await fresh.pool.query("SELECT count(*)::int AS layers FROM layer");
    await fresh.close();
    expect(rows).toEqual([{ layers: 6 }]);
  });

  it("from standard input in one pass, to the same digests", async () => {
    const fresh = await openTestDatabase();
    const input = [readFileSync(sharedData("fleet-mini/docker-save-multi.tar.gz")!)];
    const { stdout } = await runCli(["scan", "docker-archive:-", "--json"], { databaseUrl: fresh.url, input });
    await fresh.close();
    const configs = JSON.parse(stdout).artifacts.map((artifact: Shown) => artifact.configDigest);
    expect(configs).toEqual(["m-base", "m-sqlite", "m-lua-sqlite"].map((name) => truth[name]!.config));
  });

  it("have the retained sizes of the naive oracle, for every node", async () => {
    expect(await expectTrueRetained(database.pool)).toBeGreaterThan(100);
  });

  it("a second scan is a no-op that says so", async () => {
    const again = await runCli(["scan", `oci:${sharedData("fleet-mini/oci")}`], { databaseUrl: database.url });
    expect(again.stderr.match(/already known/g)).toHaveLength(7);
  });
});

describe.skipIf(sharedData("fleet-apt/oci-zstd") === undefined)("the four images of fleet-apt", () => {
  const truth = readTruth("fleet-apt");
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase();
    await runCliJson(["scan", `oci:${sharedData("fleet-apt/oci-zstd")}`], { databaseUrl: database.url });
  });
  afterAll(() => database.close());

  it.each(Object.keys(truth))("%s, with self sizes that sum to the rootfs", async (name) => {
    const shown = await runCliJson<Shown>(["show", name], { databaseUrl: database.url });
    expectContents(shown, truth[name]!);
    expectBlobs(shown, truth[name]!);
    const { total } = await runCliJson<{ total: { bytes: number } }>(["closure", name], { databaseUrl: database.url });
    expect(total.bytes).toBe(shown.rootfsSize);
  });

  it("have the retained sizes of the naive oracle, for every node and each member of a cycle", async () => {
    expect(await expectTrueRetained(database.pool)).toBeGreaterThan(300);
    const { nodes } = await runCliJson<{ nodes: { name: string; retainedSize: number }[] }>(["closure", "deb13"], {
      databaseUrl: database.url,
    });
    const retained = new Map(nodes.map(({ name, retainedSize }) => [name, retainedSize]));
    expect([retained.get("libgcc-s1"), retained.get("libc6")]).toEqual([182_901, 13_000_755]);
  });

  it("name the nodes of a cycle", async () => {
    const { stdout } = await runCli(["why", "deb13", "libgcc-s1"], { databaseUrl: database.url });
    expect(stdout.trim().split("\n").at(-1)).toMatch(/^libgcc-s1 \S+, libc6 \S+ need each other$/);
    const { stdout: alone } = await runCli(["why", "deb13", "bash"], { databaseUrl: database.url });
    expect(alone).not.toContain("need each other");
  });
});
