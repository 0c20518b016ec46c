import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { CacheAnswer, HitRung } from "#lib/model/cache-hits.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const MINI = sharedData("fleet-mini/oci");
const APT = sharedData("fleet-apt/oci-zstd");

interface Layer {
  readonly compressed: number;
  readonly filebytes: number;
}

/** Figures from GNU tar and umoci. */
type Truth = Record<string, { readonly layers: readonly Layer[] }>;

function readTruth(fleet: string): Truth {
  const { images } = JSON.parse(readFileSync(sharedData(`${fleet}/truth.json`)!, "utf8")) as { images: Truth };
  return images;
}

const sumOf = (layers: readonly Layer[], size: keyof Layer) => layers.reduce((sum, layer) => sum + layer[size], 0);
const find = ({ hits }: Pick<CacheAnswer, "hits">, rung: HitRung) => hits.find((each) => each.rung === rung)!;

describe.skipIf(MINI === undefined || APT === undefined)("cache hits of real images", () => {
  const place = makeTestPlace();
  const run = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const ask = (...names: string[]) => run<CacheAnswer>("cache-hits", ...names);

  beforeAll(async () => {
    await run("scan", `oci:${MINI}`);
    await run("scan", `oci:${APT}`);
  }, 120_000);

  it("m-sqlite-lua → m-lua-sqlite: the base is cached, all other bytes are built again and every file is the same", async () => {
    const { layers } = readTruth("fleet-mini")["m-lua-sqlite"]!;
    const [base, ...upper] = layers;
    const answer = await ask("m-sqlite-lua", "m-lua-sqlite");
    const [pair] = answer.pairs;
    expect(pair!.steps.map(({ miss, contentSize }) => [miss, contentSize])).toEqual([
      [null, base!.filebytes],
      ["content", upper[0]!.filebytes],
      ["follows", upper[1]!.filebytes],
    ]);
    const contentSize = sumOf(upper, "filebytes");
    expect([pair!.firstMiss, pair!.rebuilt]).toEqual([
      1,
      { steps: 2, contentSize, sameBytes: contentSize, downloadSize: sumOf(upper, "compressed") },
    ]);
    const [all, pulled] = [sumOf(layers, "filebytes"), sumOf(layers, "compressed")];
    for (const rung of ["chain", "layer"] as const) {
      const { building, pulling, estimated } = find(answer, rung);
      expect([building, estimated]).toEqual([
        { hitBytes: base!.filebytes, totalBytes: all, ratio: base!.filebytes / all },
        false,
      ]);
      expect(pulling).toEqual({ hitBytes: base!.compressed, totalBytes: pulled, ratio: base!.compressed / pulled });
    }
    for (const rung of ["file", "chunk"] as const)
      expect([find(answer, rung).building.ratio, find(answer, rung).pulling.ratio]).toEqual([1, 1]);
  });

  it("m-old-sqlite → m-sqlite: no chain is the same, but pulling by layer has the layer of sqlite", async () => {
    const { layers } = readTruth("fleet-mini")["m-sqlite"]!;
    const answer = await ask("m-old-sqlite", "m-sqlite");
    expect(answer.pairs[0]!.steps.map(({ miss, sameLayer }) => [miss, sameLayer])).toEqual([
      ["content", false],
      ["follows", true],
    ]);
    // Python's tarfile: bytes of both layers' files whose contents are in m-old-sqlite.
    expect(answer.pairs[0]!.rebuilt.sameBytes).toBe(5_609_798);
    expect(find(answer, "chain").pulling.hitBytes).toBe(0);
    expect(find(answer, "layer").pulling.hitBytes).toBe(layers[1]!.compressed);
    expect(find(answer, "layer").building.hitBytes).toBe(layers[1]!.filebytes);
  });

  it("deb13o → deb13, with nginx on each: nothing is cached by layer, most is by file", async () => {
    const truth = readTruth("fleet-apt");
    // Python's tarfile: all files of the layers with a content that the older image has; unique contents of visible files in common.
    const worked = { "deb13o deb13": [94_519_785, 93_238_469], "o-nginx t-nginx": [104_407_147, 101_897_234] } as const;
    for (const [names, [sameBytes, common]] of Object.entries(worked)) {
      const answer = await ask(...names.split(" "));
      const { layers } = truth[names.split(" ")[1]!]!;
      expect([answer.pairs[0]!.firstMiss, answer.pairs[0]!.rebuilt]).toEqual([
        0,
        {
          steps: layers.length,
          contentSize: sumOf(layers, "filebytes"),
          sameBytes,
          downloadSize: sumOf(layers, "compressed"),
        },
      ]);
      for (const rung of ["chain", "layer"] as const)
        expect([find(answer, rung).building.ratio, find(answer, rung).pulling.ratio]).toEqual([0, 0]);
      expect(find(answer, "file").building.hitBytes).toBe(common);
      const item = find(answer, "item").building.ratio!;
      expect(item).toBeGreaterThan(0);
      expect(item).toBeLessThan(find(answer, "file").building.ratio!);
    }
  });
});

/** Bytes of a layer's one file. */
const SIZES = { base: 1000, deps: 500, app: 20 } as const;

describe("six successive versions", () => {
  const place = makeTestPlace();
  const options = () => ({ databaseUrl: place.database.url });
  const layer = (path: keyof typeof SIZES, version: number) =>
    buildTar([{ path, body: String(version).repeat(SIZES[path]) }]);
  /** Versions of base, deps and app; the command of deps changes with it, that of the others never. */
  const VERSIONS = [
    [1, 1, 1],
    [1, 1, 2],
    [1, 2, 2],
    [1, 2, 3],
    [2, 2, 3],
    [2, 2, 3],
  ] as const;

  beforeAll(async () => {
    for (const [i, [base, deps, app]] of VERSIONS.entries()) {
      const history = [
        { created_by: "ADD base" },
        { created_by: `ENV RELEASE=${i === 5 ? "last" : "none"}`, empty_layer: true },
        { created_by: `RUN install deps=${deps}` },
        { created_by: "COPY app" },
      ];
      const name = `line:${i + 1}`;
      const archive = buildDockerArchive([layer("base", base), layer("deps", deps), layer("app", app)], {
        name,
        config: { history },
      });
      const path = join(place.folder, `${i}.tar`);
      writeFileSync(path, archive);
      await runCliJson(["scan", `docker-archive:${path}`], options());
    }
  }, 120_000);

  const names = VERSIONS.map((_, i) => `line:${i + 1}`);
  const ask = () => runCliJson<CacheAnswer>(["cache-hits", ...names], options());

  it("miss from the first step that differs, for the reason that it differs", async () => {
    const { pairs } = await ask();
    expect(pairs.map(({ steps }) => steps.map(({ miss }) => miss))).toEqual([
      [null, null, null, "content"],
      [null, null, "command", "follows"],
      [null, null, null, "content"],
      ["content", "follows", "follows", "follows"],
      [null, "command", "follows", "follows"],
    ]);
    const { base, deps, app } = SIZES;
    const rebuilt = pairs.map(({ rebuilt: { steps, contentSize, sameBytes } }) => [steps, contentSize, sameBytes]);
    expect(rebuilt).toEqual([
      [1, app, 0],
      [2, deps + app, app],
      [1, app, 0],
      [4, base + deps + app, deps + app],
      [3, deps + app, deps + app],
    ]);
  });

  it("have ratios over the line by chain, layer and file", async () => {
    const { hits } = await ask();
    const { base, deps, app } = SIZES;
    const total = 5 * (base + deps + app);
    const bytes = (rung: HitRung) => find({ hits }, rung).building;
    // By chain: base and deps, base, base and deps, nothing, all.
    const byChain = 2 * (base + deps) + base + (base + deps + app);
    expect(bytes("chain")).toEqual({ hitBytes: byChain, totalBytes: total, ratio: byChain / total });
    // By layer, app after deps and both after the base as well.
    const byLayer = byChain + app + (deps + app);
    expect(bytes("layer")).toEqual({ hitBytes: byLayer, totalBytes: total, ratio: byLayer / total });
    expect(bytes("file")).toEqual(bytes("layer"));
    // A docker-archive does not say what a registry stores.
    expect(find({ hits }, "layer").pulling.ratio).toBeNull();
  });

  it("are printed, and refused without a version after", async () => {
    const print = (...args: string[]) => runCli(["cache-hits", ...args], options());
    expect((await print(...names)).stdout).toMatch(/^line:4 +line:5 +0 +4 +1\.5 KiB +520 B/m);
    const one = await print("line:5", "line:6");
    expect(one.stdout).toContain("3 steps built again with 520 B, of which 520 B are the same files");
    expect(one.stdout).toMatch(/another command.*ENV RELEASE=last$/m);
    expect((await print("line:1")).status).toBe(2);
    expect((await print(...Array(33).fill("line:1"))).status).toBe(2);
  });
});
