import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerFind } from "#lib/answers/find.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { buildServedLayer, serveImages, type ToyRegistry } from "#testing/run/toy-registry.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Artifact {
  readonly id: string;
  readonly name: string;
  readonly known: boolean;
  readonly source: string;
  readonly manifestOnly?: true;
  readonly layersContentSize?: number;
  readonly downloadSize?: number;
  readonly nodeCount: number;
}

interface Savings {
  readonly artifacts: readonly string[];
  readonly manifestOnly?: readonly string[];
  readonly rungs: readonly { readonly rung: string; readonly bytes: number | null }[];
}

interface Overlap {
  readonly rung: string;
  readonly cells: readonly { readonly bytes: number }[];
}

const base = buildServedLayer([{ path: "etc/motd", body: "hello".repeat(100) }]);
const app = buildServedLayer([{ path: "usr/bin/app", body: "#!/bin/sh\n" }]);
const tool = buildServedLayer([{ path: "usr/bin/tool", body: "#!/bin/sh\nexit\n" }]);
const missing = { ...buildServedLayer([{ path: "gone", body: "gone" }]), bytes: undefined };
const sizeOf = (...layers: { size: number }[]) => layers.reduce((sum, { size }) => sum + size, 0);

describe("images taken by their manifests alone", () => {
  const place = makeTestPlace();
  let registry: ToyRegistry;
  beforeAll(async () => {
    registry = await serveImages([
      { repository: "shop/app", tag: "1", layers: [base, app] },
      { repository: "shop/app", tag: "2", layers: [base, app, tool] },
      { repository: "shop/base", tag: "1", layers: [base] },
      { repository: "shop/base", tag: "same", layers: [base] },
      { repository: "broken/app", tag: "1", layers: [base, missing] },
    ]);
  });
  afterAll(() => registry.stop());

  const run = (...args: string[]) => runCli(args, { databaseUrl: place.database.url });
  const ask = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const scan = async (path: string, ...options: string[]) =>
    (await ask<{ artifacts: Artifact[] }>("scan", `docker://${registry.host}/${path}`, ...options)).artifacts;
  const counts = async () => {
    const { rows } = await place.database.pool.query(
      `SELECT (SELECT count(*)::int FROM artifact) AS artifacts, (SELECT count(*)::int FROM layer) AS layers,
         (SELECT count(*)::int FROM layer WHERE entry_count IS NOT NULL) AS read, (SELECT count(*)::int FROM image_layer) AS places`,
    );
    return rows[0];
  };

  it("stores all repositories of a prefix without fetching a layer", async () => {
    const artifacts = await scan("shop/*", "--manifests-only");
    expect(artifacts.map(({ name }) => name.slice(registry.host.length))).toEqual([
      "/shop/app:1",
      "/shop/app:2",
      "/shop/base:1",
      "/shop/base:same",
    ]);
    expect(artifacts[0]).toMatchObject({ manifestOnly: true, downloadSize: sizeOf(base, app), nodeCount: 0 });
    expect(artifacts[0]).not.toHaveProperty("layersContentSize");
    expect(artifacts[0]!.source).toBe(`docker://${registry.host}/shop/app:1`);
    expect(artifacts[3]).toMatchObject({ id: artifacts[2]!.id, known: true });
    const asked = registry.takeAsked();
    expect(asked.filter((path) => [base, app, tool].some(({ digest }) => path.endsWith(digest)))).toEqual([]);
    expect(await counts()).toEqual({ artifacts: 3, layers: 3, read: 0, places: 6 });
  });

  it("changes nothing when they are taken again", async () => {
    const artifacts = await scan("shop/*", "--manifests-only");
    expect(artifacts.every(({ known }) => known)).toBe(true);
    expect(await counts()).toEqual({ artifacts: 3, layers: 3, read: 0, places: 6 });
  });

  it("marks them in lists and shows their layers by download", async () => {
    const name = `${registry.host}/shop/app:2`;
    expect((await run("list")).stdout).toMatch(/image, manifest only .*–.*–/);
    const shown = await ask<{ layers: object[] }>("show", name);
    expect(shown.layers).toHaveLength(3);
    expect(shown.layers[2]).toMatchObject({ digest: tool.digest, diffId: tool.diffId, downloadSize: tool.size });
    expect(shown.layers[2]).not.toHaveProperty("contentSize");
    expect((await run("show", name)).stdout).toContain(`scan docker://${name}`);
  });

  it("finds them by the digests of their layers", async () => {
    for (const digest of [tool.digest, tool.diffId]) {
      const { digests } = await answerFind(place.database.pool, digest.slice(7, 30));
      expect(digests.map((found) => [found.digest, found.layer])).toEqual([[digest, 2]]);
    }
  });

  it("says how to scan in full where files or components are asked for", async () => {
    const name = `${registry.host}/shop/app:1`;
    const other = `${registry.host}/shop/app:2`;
    const questions = [
      ["closure", name],
      ["why", name, "libc6"],
      ["referrers", name, "libc6"],
      ["files", name],
      ["waste", name],
      ["diff", name, other],
      ["chunks", name],
      ["report", "closure", name],
    ];
    for (const question of questions) {
      const { status, stderr } = await run(...question);
      expect([question[0], status, stderr]).toEqual([
        question[0],
        2,
        expect.stringContaining(`known by its manifest alone; to read its layers: stratigraph scan docker://${name}`),
      ]);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
  });

  it("shares layers by download, and says why", async () => {
    const names = [1, 2].map((tag) => `${registry.host}/shop/app:${tag}`);
    const savings = await ask<Savings>("savings", ...names);
    expect(savings.manifestOnly).toEqual(savings.artifacts);
    expect(savings.rungs.map(({ rung, bytes }) => [rung, bytes])).toEqual([
      ["unshared", sizeOf(base, app, base, app, tool)],
      ["chain", sizeOf(base, app, tool)],
      ["layer", sizeOf(base, app, tool)],
      ["blob", sizeOf(base, app, tool)],
    ]);
    const overlap = await ask<Overlap>("overlap", ...names);
    expect(overlap).toMatchObject({ rung: "layer", manifestOnly: savings.artifacts });
    expect(overlap.cells.map(({ bytes }) => bytes).toSorted()).toEqual([sizeOf(base, app), sizeOf(tool)].toSorted());
    const why = /app:1 and 1 more are known by their manifests alone, so all bytes are those of downloads/;
    expect((await run("savings", ...names)).stdout).toMatch(why);
    expect((await run("overlap", ...names, "--rung", "blob")).stdout).toMatch(why);
    const finer = await run("overlap", ...names, "--rung", "package");
    expect([finer.status, finer.stderr]).toEqual([2, expect.stringContaining("its rungs are chain, layer, blob")]);
    const { id } = await ask<{ id: string }>("report", "savings", ...names);
    for (const format of ["html", "md"])
      expect((await run("report", "export", id, "--format", format)).stdout).toMatch(why);
  });

  it("has no sum with an archive whose layers are uncompressed", async () => {
    await ask("scan", makePlainTwin(place.folder));
    const names = [`${registry.host}/shop/app:1`, "twin"];
    const { rungs, manifestOnly } = await ask<Savings>("savings", ...names);
    expect(manifestOnly).toHaveLength(1);
    // The twin has the same layers, so these are known; its own blobs are not.
    expect(rungs.map(({ bytes }) => bytes)).toEqual([null, sizeOf(base, app), sizeOf(base, app), null]);
    expect((await run("savings", ...names)).stdout).toContain("not known: a source has no download sizes");
    const overlap = await run("overlap", ...names, "--rung", "blob");
    expect([overlap.status, overlap.stderr]).toEqual([
      2,
      expect.stringContaining("download size of twin is not known"),
    ]);
    await ask("rm", "twin");
  });

  it("becomes whole in place when it is scanned in full", async () => {
    const [before] = await scan("shop/app:1", "--manifests-only");
    const [whole] = await scan("shop/app:1");
    expect(whole).toMatchObject({ id: before!.id, known: false, downloadSize: sizeOf(base, app) });
    expect(whole).not.toHaveProperty("manifestOnly");
    expect(whole!.layersContentSize).toBe(510);
    expect(await counts()).toEqual({ artifacts: 3, layers: 3, read: 2, places: 6 });
    const fresh = makePlainTwin(place.folder);
    await ask("scan", fresh);
    const [left, right] = await Promise.all([ask("closure", whole!.id), ask("closure", "twin")]);
    expect(withoutArtifact(left)).toEqual(withoutArtifact(right));
    // Its layers are known by now; only the third is fetched.
    registry.takeAsked();
    await scan("shop/app:2");
    expect(registry.takeAsked().filter((path) => path.includes("/blobs/"))).toHaveLength(2);
    expect(await counts()).toMatchObject({ artifacts: 4, layers: 3, read: 3 });
    await ask("migrate", "--rebuild");
  });

  it("stays as it is when a layer cannot be read", async () => {
    const [listed] = await scan("broken/app:1", "--manifests-only");
    const before = await counts();
    const failed = await run("scan", `docker://${registry.host}/broken/app:1`);
    expect([failed.status, failed.stderr]).toEqual([3, expect.stringContaining("does not have it")]);
    expect(await counts()).toEqual(before);
    expect(await ask("show", listed!.id)).toMatchObject({ manifestOnly: true });
    await ask("rm", listed!.id);
  });

  it("keeps a whole artifact whole, and counts its downloads beside one that is not", async () => {
    const [again] = await scan("shop/app:1", "--manifests-only");
    expect(again).toMatchObject({ known: true, layersContentSize: 510 });
    const set = [1, 2].map((tag) => `${registry.host}/shop/app:${tag}`);
    expect(await ask<Savings>("savings", ...set)).not.toHaveProperty("manifestOnly");
    const mixed = await ask<Savings>("savings", set[0]!, `${registry.host}/shop/base:1`);
    expect(mixed.manifestOnly).toHaveLength(1);
    expect(mixed.rungs.map(({ bytes }) => bytes)).toEqual([
      sizeOf(base, app, base),
      sizeOf(base, app),
      sizeOf(base, app),
      sizeOf(base, app),
    ]);
  });

  it("is forgotten with its layers, and without those of others", async () => {
    const { artifacts } = await ask<{ artifacts: Artifact[] }>("list");
    await ask("rm", `${registry.host}/shop/base:1`);
    expect(await counts()).toMatchObject({ artifacts: artifacts.length - 1, layers: 3, read: 3 });
  });

  it("is not for stores, streams and chunks", async () => {
    const file = join(place.folder, "packed.tar.gz");
    writeFileSync(file, gzipSync(buildDockerArchive([buildTar([{ path: "a", body: "b" }])], { name: "packed" })));
    const packed = await run("scan", `docker-archive:${file}`, "--manifests-only");
    expect([packed.status, packed.stderr]).toEqual([2, expect.stringContaining("read to its end anyway")]);
    const store = await run("scan", "nix-store:/nowhere", "--manifests-only");
    expect([store.status, store.stderr]).toEqual([2, expect.stringContaining("is a store")]);
    const cut = await run("scan", `docker://${registry.host}/shop/app:1`, "--manifests-only", "--chunks");
    expect([cut.status, cut.stderr]).toEqual([2, expect.stringContaining("leave out --chunks")]);
  });
});

/** The same layers in an archive of its own. */
function makePlainTwin(folder: string): string {
  const file = join(folder, "twin.tar");
  const tars = [
    buildTar([{ path: "etc/motd", body: "hello".repeat(100) }]),
    buildTar([{ path: "usr/bin/app", body: "#!/bin/sh\n" }]),
  ];
  writeFileSync(file, buildDockerArchive(tars, { name: "twin" }));
  return `docker-archive:${file}`;
}

function withoutArtifact(answer: unknown): unknown {
  return { ...(answer as object), artifact: undefined };
}
