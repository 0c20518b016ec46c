import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { sharedData } from "#testing/run/shared-data.ts";

interface Savings {
  artifacts: string[];
  rungs: { rung: string; bytes: number; units: number; estimated: boolean; marginal: number[] }[];
  orderPenalty: number;
  penalisedLayers: {
    diffId: string;
    contentSize: number;
    copies: number;
    extraBytes: number;
    places: { artifact: string }[];
  }[];
  download: { rung: string; bytes: number; estimated: boolean }[];
}

interface Overlap {
  rung: string;
  artifacts: string[];
  cells: { in: string[]; bytes: number; units: number }[];
  matrix: { bytes: number; jaccard: number }[][];
  union: { bytes: number; units: number };
}

interface Diff {
  totals: { left: number; right: number; delta: number };
  components: {
    change: string;
    kind: string;
    name: string;
    left: { bytes: number } | null;
    right: { bytes: number } | null;
  }[];
  layers: { change: string; left: number | null; right: number | null }[];
  files: { available: boolean; added: number | null; removed: number | null; changed: number | null };
}

interface Ladder {
  unshared: number;
  chain: number;
  layer: number;
  live: number;
  file: number;
  files: number;
}

const MINI = ["m-base", "m-base-old", "m-sqlite", "m-lua", "m-sqlite-lua", "m-lua-sqlite", "m-old-sqlite"];
const APT = ["deb13", "deb13o", "t-nginx", "o-nginx"];

function bytesOf({ rungs }: Savings): Record<string, number> {
  return Object.fromEntries(rungs.map(({ rung, bytes }) => [rung, bytes]));
}

function readLadder(fleet: string): Ladder {
  return JSON.parse(readFileSync(sharedData(`${fleet}/ladder.json`)!, "utf8"));
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

    it("has the ladder that is known of its seven images", async () => {
      const {
        images: _,
        rootfsTotal: __,
        files,
        ...known
      } = readLadder("fleet-mini") as Ladder & Record<string, number>;
      const savings = await run<Savings>("savings", ...MINI);
      expect(bytesOf(savings)).toMatchObject(known);
      expect(savings.rungs.find(({ rung }) => rung === "file")!.units).toBe(files);
      expect(savings.rungs.filter(({ estimated }) => estimated).map(({ rung }) => rung)).toEqual(["chunk"]);
      expect(savings.download.slice(0, 2)).toMatchObject([
        { rung: "unshared", bytes: 55_202_722, estimated: false },
        { rung: "blob", bytes: 17_700_425, estimated: false },
      ]);
    });

    it("pays for the order of one layer: sqlite's, on two bases", async () => {
      const { orderPenalty, penalisedLayers } = await run<Savings>("savings", ...MINI);
      expect(orderPenalty).toBe(3_640_080);
      expect(penalisedLayers).toMatchObject([{ contentSize: 3_640_080, copies: 2, extraBytes: 3_640_080 }]);
      const two = await run<Savings>("savings", "m-sqlite", "m-old-sqlite");
      expect(two.penalisedLayers.map(({ diffId }) => diffId)).toEqual(penalisedLayers.map(({ diffId }) => diffId));
    });

    it("shares the same software in two orders by file, and above the base not by layer", async () => {
      expect(bytesOf(await run("savings", "m-sqlite-lua", "m-lua-sqlite"))).toMatchObject({
        layer: 23_113_355,
        file: 18_757_626,
      });
      const { layers, files } = await run<Diff>("diff", "m-sqlite-lua", "m-lua-sqlite");
      expect(layers.map(({ change }) => change)).toEqual(["same", "removed", "removed", "added", "added"]);
      expect(files).toMatchObject({ added: 0, removed: 0 });
    });

    it("shares little between a base and the older one, even by file", async () => {
      expect(bytesOf(await run("savings", "m-base", "m-base-old"))).toMatchObject({
        layer: 29_490_107,
        file: 27_520_389,
      });
    });

    it("needs 37,247,488 bytes as seven closures in a store", async () => {
      const { rungs } = await run<Savings>("savings", ...MINI.map((name) => `store/${name}`));
      expect(rungs.map(({ rung, bytes, estimated }) => [rung, bytes, estimated])).toEqual([
        ["unshared", 121_383_976, false],
        ...["chain", "layer", "live", "package"].map((rung) => [rung, 37_247_488, false]),
        ...["file", "chunk"].map((rung) => [rung, 37_247_488, true]),
      ]);
    });

    it("puts images and closures on one ladder, and in one overlap", async () => {
      const both = [...MINI, ...MINI.map((name) => `store/${name}`)];
      expect(bytesOf(await run("savings", ...both)).live).toBe(37_716_359 + 37_247_488);
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

    it("compares a closure with a closure, and an image with a closure but for their files", async () => {
      const closures = await run<Diff>("diff", "store/m-base", "store/m-lua");
      expectSums(closures);
      expect(closures.totals).toMatchObject({ left: 14_973_792, right: 16_535_048 });
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

    it("ends with 2 where a set is too small, a rung unknown or an artifact not there", async () => {
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

  it("has the ladder that is known of its four images", async () => {
    const { images: _, rootfsTotal: __, files, ...known } = readLadder("fleet-apt") as Ladder & Record<string, number>;
    const savings = await run<Savings>("savings", ...APT);
    expect(bytesOf(savings)).toMatchObject(known);
    expect(savings.rungs.find(({ rung }) => rung === "file")!.units).toBe(files);
  });

  it("shares no layer and 107 MB by file between nginx on a base and on the older one", async () => {
    const { layers } = await run<Diff>("diff", "t-nginx", "o-nginx");
    expect(layers.filter(({ change }) => change === "same" || change === "moved")).toEqual([]);
    expect(bytesOf(await run("savings", "t-nginx", "o-nginx"))).toMatchObject({ live: 257_525_599, file: 150_659_606 });
  });

  it("has differences whose rows sum to the difference of the totals", async () => {
    for (const left of APT) for (const right of APT) expectSums(await run<Diff>("diff", left, right));
  }, 120_000);

  it("has differences that say in a person's words what changed", async () => {
    const { stdout, status } = await runCli(["diff", "o-nginx", "t-nginx"], { databaseUrl: database.url });
    expect(status).toBe(0);
    expect(stdout).toContain("2,612,285 bytes");
    expect(stdout).toMatch(/changed +\+278\.7 KiB +libssl3t64 +3\.5\.7-1~deb13u2 → 3\.5\.9-1~deb13u1/);
  });
});
