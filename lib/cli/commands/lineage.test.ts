import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { DiffAnswer } from "#lib/model/answer.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { BASE_DIGEST, BASE_NAME } from "#lib/model/attached.ts";
import type { FamilyAnswer, Freed, LineageAnswer, StaleAnswer } from "#lib/model/lineage.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const LAYOUT = sharedData("fleet-mini/oci");

interface Scanned {
  readonly artifacts: readonly { readonly digest: string }[];
}

interface Layer {
  readonly compressed: number;
  readonly filebytes: number;
}

/** Figures from GNU tar and umoci, worked out by hand here: each layer's content and blob. */
interface Truth {
  readonly images: Record<string, { readonly manifest: string; readonly layers: readonly Layer[] }>;
}

describe.skipIf(LAYOUT === undefined)("the seven images of fleet-mini", () => {
  const { images: truth } = JSON.parse(readFileSync(sharedData("fleet-mini/truth.json")!, "utf8")) as Truth;
  const place = makeTestPlace();
  const run = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const idOf = (name: string) => toArtifactId(truth[name]!.manifest);
  const layer = (name: string, position: number) => truth[name]!.layers[position]!;
  const [base, old] = [layer("m-base", 0), layer("m-base-old", 0)];
  const sqlite = layer("m-sqlite", 1);

  beforeAll(async () => {
    await run("scan", "--name", "m-base", `oci:${LAYOUT}:m-base-old`);
    await run("scan", `oci:${LAYOUT}`);
  });

  /** libc6, with the database of packages and the files that no package owns. */
  async function countChanges() {
    const { components } = await run<Pick<DiffAnswer, "components">>("diff", "m-base-old", "m-base");
    const changed = components.filter(({ change }) => change !== "same");
    expect(changed.map(({ name }) => name)).toContain("libc6");
    const count = (change: string) => changed.filter((each) => each.change === change).length;
    return { added: count("added"), removed: count("removed"), changed: count("changed") };
  }

  it("are two families, found by their first layers", async () => {
    const { images } = await run<LineageAnswer>("lineage");
    const nameOf = new Map(images.map(({ id, name }) => [id, name]));
    const row = ({ name, base: id, evidence, sharedBytes, stale }: LineageAnswer["images"][number]) => [
      name,
      nameOf.get(id ?? "") ?? null,
      evidence,
      sharedBytes,
      stale,
    ];
    expect(images.map(row)).toEqual([
      ["m-base", null, null, 0, false],
      ["m-base-old", null, null, 0, false],
      ["m-lua", "m-base", "chain", base.filebytes, false],
      ["m-lua-sqlite", "m-lua", "chain", base.filebytes + layer("m-lua", 1).filebytes, false],
      ["m-old-sqlite", "m-base-old", "chain", old.filebytes, true],
      ["m-sqlite", "m-base", "chain", base.filebytes, false],
      ["m-sqlite-lua", "m-sqlite", "chain", base.filebytes + sqlite.filebytes, false],
    ]);
  });

  it("have one stale image, with its plan and what its old base frees", async () => {
    const { images, bases, total, freed } = await run<StaleAnswer>("stale");
    const bytes = { storeBytes: sqlite.filebytes, pullBytes: sqlite.compressed };
    const family = { disk: old.filebytes + sqlite.filebytes, registry: old.compressed };
    expect(images).toEqual([
      {
        id: idOf("m-old-sqlite"),
        name: "m-old-sqlite",
        wave: 1,
        base: idOf("m-base-old"),
        newer: idOf("m-base"),
        ...bytes,
      },
    ]);
    expect(total).toEqual(bytes);
    expect(freed).toEqual(family);
    const { since, ...moved } = bases[0]!;
    expect(Date.now() - since!).toBeLessThan(600_000);
    expect([moved, bases.length]).toEqual([
      {
        id: idOf("m-base-old"),
        baseName: "m-base-old",
        name: "m-base",
        newer: idOf("m-base"),
        newerName: "m-base",
        changes: await countChanges(),
        delta: base.filebytes - old.filebytes,
        pullBytes: base.compressed,
        staleCount: 1,
        freed: family,
      },
      1,
    ]);
  });

  it("are built again in two waves if the base moves, and free what no other image has", async () => {
    const { image, images, plan, freed, freedWithAll } = await run<FamilyAnswer>("lineage", "m-base");
    expect(images.map(({ name }) => name).sort()).toEqual([
      "m-base",
      "m-lua",
      "m-lua-sqlite",
      "m-sqlite",
      "m-sqlite-lua",
    ]);
    expect([image.imageCount, image.directCount]).toEqual([4, 2]);
    const planned = (wave: number, name: string, { filebytes, compressed }: Layer) => [
      wave,
      name,
      filebytes,
      compressed,
    ];
    expect(plan.map(({ wave, name, storeBytes, pullBytes }) => [wave, name, storeBytes, pullBytes])).toEqual([
      planned(1, "m-lua", layer("m-lua", 1)),
      planned(1, "m-sqlite", sqlite),
      planned(2, "m-lua-sqlite", layer("m-lua-sqlite", 2)),
      planned(2, "m-sqlite-lua", layer("m-sqlite-lua", 2)),
    ]);
    expect(freed).toEqual({ disk: 0, registry: 0 });
    const layers = [base, sqlite, layer("m-lua", 1), layer("m-sqlite-lua", 2), layer("m-lua-sqlite", 2)];
    const sumOf = (each: readonly Layer[], size: keyof Layer) => each.reduce((sum, one) => sum + one[size], 0);
    expect(freedWithAll).toEqual({
      disk: sumOf(layers, "filebytes"),
      // The sqlite layer is also on the old base.
      registry: sumOf(layers, "compressed") - sqlite.compressed,
    });
  });

  it("are listed from the lowest for an image in the middle, which frees its own layer", async () => {
    const { images, freed } = await run<FamilyAnswer>("lineage", "m-sqlite-lua");
    expect(images.map(({ name }) => name)).toEqual(["m-base", "m-sqlite", "m-sqlite-lua"]);
    const { filebytes, compressed } = layer("m-sqlite-lua", 2);
    expect(freed).toEqual({ disk: filebytes, registry: compressed });
  });

  it("free together what rm says without removing them, for any set of tags", async () => {
    const { artifacts, freed } = await run<{ artifacts: object[]; freed: Freed }>(
      "rm",
      "--dry-run",
      "m-old-*",
      "m-base-old",
    );
    expect(artifacts).toHaveLength(2);
    expect(freed).toEqual({ disk: old.filebytes + sqlite.filebytes, registry: old.compressed });
    expect((await run<LineageAnswer>("lineage")).images).toHaveLength(7);
  });

  it("name their bases in their annotations, as buildah wrote them", async () => {
    const { baseClaims } = await run<{ baseClaims: object[] }>("show", "m-old-sqlite");
    const digest = "sha256:568955a35cb8117bb674f73f79f62ea6c0986537293e5e52a18beb24412a327b";
    expect(baseClaims).toEqual([
      { name: "localhost/m-base-old:latest", digest, claimedBy: truth["m-old-sqlite"]!.manifest, statedBy: "image" },
    ]);
    expect(await run("show", "m-base")).toMatchObject({ baseClaims: [] });
  });

  it("are printed as tables", async () => {
    const print = async (...args: string[]) => (await runCli(args, { databaseUrl: place.database.url })).stdout;
    expect(await print("lineage")).toMatch(
      /^m-old-sqlite +m-base-old +same first layers +13\.9 MiB +3\.5 MiB +0 +stale$/m,
    );
    expect(await print("lineage", "m-base-old")).toContain(
      "with all images on it frees 17.4 MiB on a disk, 6.0 MiB in a registry.",
    );
    expect(await print("stale")).toMatch(/^ +1 +m-old-sqlite +m-base +3\.5 MiB +2\.2 MiB$/m);
  });

  it("refuses what is no image, in one line", async () => {
    const { status, stderr } = await runCli(["lineage", "m-nothing"], { databaseUrl: place.database.url });
    expect([status, stderr.split("\n").length]).toEqual([2, 2]);
  });
});

describe("images whose layers do not tell their base", () => {
  const place = makeTestPlace();

  /** One layer of a file with this text. */
  async function scanImage(name: string, text: string, labels: Record<string, string> = {}): Promise<string> {
    const layer = buildTar([{ path: "etc/motd", body: text }]);
    const path = join(place.folder, `${text}.tar`);
    writeFileSync(path, buildDockerArchive([layer], { name, config: { config: { Labels: labels } } }));
    const options = { databaseUrl: place.database.url };
    const { artifacts } = await runCliJson<Scanned>(["scan", `docker-archive:${path}`], options);
    return artifacts[0]!.digest;
  }

  it("stand on the one that they name, by its digest before its name", async () => {
    const digest = await scanImage("corp/base:1", "base");
    await scanImage("corp/other:1", "other");
    await scanImage("squashed:1", "squashed", { [BASE_NAME]: "registry.example/corp/base:1" });
    await scanImage("pinned:1", "pinned", { [BASE_NAME]: "corp/other:1", [BASE_DIGEST]: digest });
    const { images } = await runCliJson<LineageAnswer>(["lineage"], { databaseUrl: place.database.url });
    const rows = images.map(({ name, base, evidence, sharedBytes }) => [name, base, evidence, sharedBytes]);
    expect(rows).toEqual([
      ["corp/base:1", null, null, 0],
      ["corp/other:1", null, null, 0],
      ["pinned:1", toArtifactId(digest), "digest", 0],
      ["squashed:1", toArtifactId(digest), "name", 0],
    ]);
    const { stdout } = await runCli(["stale"], { databaseUrl: place.database.url });
    expect(stdout).toBe(
      "No tag of a base has moved since these images were built on it. Stratigraph knows only the tags it has scanned.\n",
    );
  });

  it.skipIf(LAYOUT === undefined)("name it by their manifests alone, too", async () => {
    const options = { databaseUrl: place.database.url };
    await runCliJson(["scan", "--manifests-only", `oci:${LAYOUT}:m-sqlite`], options);
    await runCliJson(["scan", "--manifests-only", `oci:${LAYOUT}:m-base`], options);
    const { baseClaims } = await runCliJson<{ baseClaims: object[] }>(["show", "m-sqlite"], options);
    expect(baseClaims).toMatchObject([{ name: "localhost/m-base:latest", statedBy: "image" }]);
    const { images } = await runCliJson<LineageAnswer>(["lineage", "m-sqlite"], options);
    expect(images.map(({ name, sharedBytes, pullBytes }) => [name, sharedBytes, pullBytes])).toEqual([
      ["m-base", 0, 6_459_133],
      ["m-sqlite", null, 2_258_839],
    ]);
  });
});
