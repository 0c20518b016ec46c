import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { formatBytes, formatExactBytes } from "#lib/display/bytes.ts";
import type { DiffAnswer, OverlapAnswer, PenalisedLayer, SavingsAnswer } from "#lib/model/answer.ts";
import { type NaiveFiles, naiveFileBytes, readNaiveImage } from "#testing/oracles/naive-image.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { sharedData } from "#testing/run/shared-data.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

/** The answers as JSON: artifacts by id. */
interface Savings extends Pick<SavingsAnswer, "rungs" | "orderPenalty" | "download"> {
  artifacts: string[];
  penalisedLayers: (Omit<PenalisedLayer, "places"> & { places: { artifact: string }[] })[];
}

interface Overlap extends Pick<OverlapAnswer, "rung" | "matrix" | "union"> {
  artifacts: string[];
  cells: { in: string[]; bytes: number; units: number }[];
}

interface Diff extends Pick<DiffAnswer, "totals" | "components" | "layers"> {
  files: { available: boolean; added: number | null; removed: number | null; changed: number | null };
}

type Ladder = Record<"unshared" | "chain" | "layer" | "live" | "file" | "files", number>;

/** Figures of an image from GNU tar, sha256sum and umoci. */
interface ImageTruth {
  compressed: number;
  flat_filebytes: number;
  layers: { digest: string; diff_id: string; compressed: number; filebytes: number }[];
}

interface StoreTruth {
  totals: { store_nar: number };
  images: Record<string, { nar: number }>;
}

const MINI = ["m-base", "m-base-old", "m-sqlite", "m-lua", "m-sqlite-lua", "m-lua-sqlite", "m-old-sqlite"];
const APT = ["deb13", "deb13o", "t-nginx", "o-nginx"];

function bytesOf({ rungs }: Savings): Record<string, number | null> {
  return Object.fromEntries(rungs.map(({ rung, bytes }) => [rung, bytes]));
}

function readTruth<T>(path: string): T {
  return JSON.parse(readFileSync(sharedData(path)!, "utf8"));
}

/** The known figures of the images of a fleet, in the order of their names. */
function readImages(fleet: string, names: readonly string[]): ImageTruth[] {
  const { images } = readTruth<{ images: Record<string, ImageTruth> }>(`${fleet}/truth.json`);
  return names.map((name) => images[name]!);
}

const sumOf = <T>(values: Iterable<T>, bytesOf: (value: T) => number) =>
  [...values].reduce((sum, value) => sum + bytesOf(value), 0);

/** Layers of several images, each once. */
function distinctLayers(images: readonly ImageTruth[]) {
  return [...new Map(images.flatMap(({ layers }) => layers.map((layer) => [layer.diff_id, layer]))).values()];
}

/** The layers that are on several stacks of other layers, and on how many. */
function layersOnSeveral(images: readonly ImageTruth[]) {
  const stacks = new Map<string, Set<string>>();
  for (const { layers } of images) {
    for (const [i, { diff_id }] of layers.entries()) {
      const below = layers.slice(0, i).map((layer) => layer.diff_id);
      stacks.set(diff_id, (stacks.get(diff_id) ?? new Set()).add(below.join()));
    }
  }
  const copies = distinctLayers(images).map((layer) => ({ ...layer, copies: stacks.get(layer.diff_id)!.size }));
  return copies.filter((layer) => layer.copies > 1);
}

/** Distinct bytes by file in the images of a fleet, from a naive unpacker. */
async function countFileBytes(layout: string, names: readonly string[]): Promise<number> {
  const images: NaiveFiles[] = [];
  for (const name of names) images.push(await readNaiveImage(sharedData(layout)!, name));
  return naiveFileBytes(images);
}

function expectWhole({ cells, matrix, union }: Overlap): void {
  expect(cells.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(union.bytes);
  expect(cells.reduce((sum, { units }) => sum + units, 0)).toBe(union.units);
  expect(matrix).toEqual(matrix.map((row, i) => row.map((_, j) => matrix[j]![i]!)));
}

function expectSums({ totals, components }: Diff): void {
  const deltas = components.map(({ left, right }) => (right?.bytes ?? 0) - (left?.bytes ?? 0));
  expect(deltas.reduce((sum, delta) => sum + delta, 0)).toBe(totals.delta);
  expect(totals.right - totals.left).toBe(totals.delta);
}

describe.skipIf(sharedData("fleet-mini/oci") === undefined || sharedData("nix/mini-db") === undefined)(
  "fleet-mini",
  () => {
    let database: Database;
    const run = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: database.url });

    beforeAll(async () => {
      database = await openTestDatabase();
      await run("scan", `oci:${sharedData("fleet-mini/oci")}`);
      const roots = readFileSync(sharedData("nix/mini-db/nix-mini.images.txt")!, "utf8").trim().split("\n");
      for (const [name, root] of roots.map((line) => line.split(" ")).filter(([name]) => MINI.includes(name!))) {
        await run("scan", "--name", `store/${name}`, "--root", root!, `nix-store:${sharedData("nix/mini-db")}`);
      }
    }, 120_000);
    afterAll(() => database.close());

    async function expectLayersAndFiles(...names: string[]): Promise<void> {
      expect(bytesOf(await run("savings", ...names))).toMatchObject({
        layer: sumOf(distinctLayers(readImages("fleet-mini", names)), ({ filebytes }) => filebytes),
        file: await countFileBytes("fleet-mini/oci", names),
      });
    }

    it("has the known ladder of its seven images", async () => {
      const {
        images: _,
        rootfsTotal: __,
        files,
        ...known
      } = readTruth<Ladder & Record<string, number>>("fleet-mini/ladder.json");
      const images = readImages("fleet-mini", MINI);
      const blobs = new Map(images.flatMap(({ layers }) => layers.map((layer) => [layer.digest, layer.compressed])));
      const savings = await run<Savings>("savings", ...MINI);
      expect(bytesOf(savings)).toMatchObject(known);
      expect(savings.rungs.find(({ rung }) => rung === "file")!.units).toBe(files);
      expect(savings.rungs.filter(({ estimated }) => estimated).map(({ rung }) => rung)).toEqual(["chunk"]);
      expect(savings.download.slice(0, 2)).toMatchObject([
        { rung: "unshared", bytes: sumOf(images, ({ compressed }) => compressed), estimated: false },
        { rung: "blob", bytes: sumOf(blobs.values(), (bytes) => bytes), estimated: false },
      ]);
    });

    it("pays for the order of one layer: sqlite's, on two bases", async () => {
      const { orderPenalty, penalisedLayers } = await run<Savings>("savings", ...MINI);
      const [known, ...others] = layersOnSeveral(readImages("fleet-mini", MINI));
      const { diff_id, filebytes, copies } = known!;
      expect(others).toEqual([]);
      expect(orderPenalty).toBe(filebytes);
      expect(penalisedLayers).toMatchObject([
        { diffId: diff_id, contentSize: filebytes, copies, extraBytes: filebytes },
      ]);
      const two = await run<Savings>("savings", "m-sqlite", "m-old-sqlite");
      expect(two.penalisedLayers.map(({ diffId }) => diffId)).toEqual(penalisedLayers.map(({ diffId }) => diffId));
    });

    it("shares the same software in two orders by file, and above the base not by layer", async () => {
      await expectLayersAndFiles("m-sqlite-lua", "m-lua-sqlite");
      const { layers, files } = await run<Diff>("diff", "m-sqlite-lua", "m-lua-sqlite");
      expect(layers.map(({ change }) => change)).toEqual(["same", "removed", "removed", "added", "added"]);
      expect(files).toMatchObject({ added: 0, removed: 0 });
    });

    it("shares little between a base and the older one, even by file", async () => {
      await expectLayersAndFiles("m-base", "m-base-old");
    });

    it("needs the bytes of each store item once as seven closures in a store", async () => {
      const { totals, images } = readTruth<StoreTruth>("nix/truth.store-vs-layers.json");
      const unshared = sumOf(MINI, (name) => images[name]!.nar);
      const { rungs } = await run<Savings>("savings", ...MINI.map((name) => `store/${name}`));
      expect(rungs.map(({ rung, bytes, estimated }) => [rung, bytes, estimated])).toEqual([
        ["unshared", unshared, false],
        ...["chain", "layer", "live", "package"].map((rung) => [rung, totals.store_nar, false]),
        ...["file", "chunk"].map((rung) => [rung, totals.store_nar, true]),
      ]);
    });

    it("compares images and closures on one ladder, and in one overlap", async () => {
      const both = [...MINI, ...MINI.map((name) => `store/${name}`)];
      const { live } = readTruth<Ladder>("fleet-mini/ladder.json");
      const { totals } = readTruth<StoreTruth>("nix/truth.store-vs-layers.json");
      expect(bytesOf(await run("savings", ...both)).live).toBe(live + totals.store_nar);
      expectWhole(await run<Overlap>("overlap", ...both));
    });

    it.each(["chain", "layer", "live", "package", "file", "chunk"])(
      "has cells by %s that sum to the ladder's rung",
      async (rung) => {
        const overlap = await run<Overlap>("overlap", ...MINI, "--rung", rung);
        expectWhole(overlap);
        expect(overlap.union.bytes).toBe(bytesOf(await run("savings", ...MINI))[rung]);
      },
    );

    it("compares two closures, and an image with a closure except for their files", async () => {
      const closures = await run<Diff>("diff", "store/m-base", "store/m-lua");
      expectSums(closures);
      const { images } = readTruth<StoreTruth>("nix/truth.store-vs-layers.json");
      expect(closures.totals).toMatchObject({ left: images["m-base"]!.nar, right: images["m-lua"]!.nar });
      const mixed = await run<Diff>("diff", "m-sqlite", "store/m-sqlite");
      expectSums(mixed);
      expect(mixed.files).toEqual({
        available: false,
        by: null,
        added: null,
        removed: null,
        changed: null,
        metadata: null,
      });
      expect(mixed.components.find(({ name }) => name === "sqlite3")?.change).toBe("changed");
    });

    it("exits with 2 for a set that is too small, an unknown rung or an unknown artifact", async () => {
      const options = { databaseUrl: database.url };
      expect((await runCli(["overlap", "m-base"], options)).status).toBe(2);
      expect((await runCli(["overlap", "m-base", "m-base", "--json"], options)).status).toBe(2);
      expect((await runCli(["overlap", "m-base", "m-lua", "--rung", "rock"], options)).status).toBe(2);
      expect((await runCli(["diff", "m-base"], options)).status).toBe(2);
      expect(await runCli(["savings", "m-base", "nothing"], options)).toMatchObject({ status: 2, stdout: "" });
    });
  },
);

describe.skipIf(sharedData("fleet-apt/oci-zstd") === undefined)("fleet-apt", () => {
  let database: Database;
  const run = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: database.url });

  beforeAll(async () => {
    database = await openTestDatabase();
    await run("scan", `oci:${sharedData("fleet-apt/oci-zstd")}`);
  });
  afterAll(() => database.close());

  it("has the known ladder of its four images", async () => {
    const {
      images: _,
      rootfsTotal: __,
      files,
      ...known
    } = readTruth<Ladder & Record<string, number>>("fleet-apt/ladder.json");
    const savings = await run<Savings>("savings", ...APT);
    expect(bytesOf(savings)).toMatchObject(known);
    expect(savings.rungs.find(({ rung }) => rung === "file")!.units).toBe(files);
  });

  it("shares no layer and most bytes by file between nginx on a base and on the older one", async () => {
    const { layers } = await run<Diff>("diff", "t-nginx", "o-nginx");
    expect(layers.filter(({ change }) => change === "same" || change === "moved")).toEqual([]);
    const live = sumOf(readImages("fleet-apt", ["t-nginx", "o-nginx"]), (image) => image.flat_filebytes);
    const file = await countFileBytes("fleet-apt/oci-zstd", ["t-nginx", "o-nginx"]);
    expect(bytesOf(await run("savings", "t-nginx", "o-nginx"))).toMatchObject({ live, file });
    expect(file).toBeLessThan(0.6 * live);
  }, 60_000);

  it("has differences whose rows sum to the difference of the totals", async () => {
    for (const left of APT) for (const right of APT) expectSums(await run<Diff>("diff", left, right));
  }, 120_000);

  it("prints what changed between two images", async () => {
    const { stdout, status } = await runCli(["diff", "o-nginx", "t-nginx"], { databaseUrl: database.url });
    expect(status).toBe(0);
    const [left, right] = readImages("fleet-apt", ["o-nginx", "t-nginx"]);
    expect(stdout).toContain(formatExactBytes(right!.flat_filebytes - left!.flat_filebytes));
    const { components } = await run<Diff>("diff", "o-nginx", "t-nginx");
    const library = components.find(({ name }) => name === "libssl3t64")!;
    const delta = formatBytes(library.right!.bytes - library.left!.bytes);
    const [before, after] = [await libsslVersion("o-nginx"), await libsslVersion("t-nginx")];
    const row = stdout.split("\n").find((line) => line.includes("libssl3t64"));
    expect(row?.trim().replace(/ +/g, " ")).toBe(`changed +${delta} libssl3t64 ${before} ${after}`);
  });
});

/** From the image's own package database. */
async function libsslVersion(image: string): Promise<string> {
  const files = await readNaiveImage(sharedData("fleet-apt/oci-zstd")!, image);
  const status = files.get("var/lib/dpkg/status")!.toString("utf8");
  return status
    .split("\n\n")
    .find((stanza) => stanza.startsWith("Package: libssl3t64\n"))!
    .match(/^Version: (.*)$/m)![1]!;
}
