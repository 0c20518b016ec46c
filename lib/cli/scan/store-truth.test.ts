import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { expectTrueRetained } from "#testing/oracles/true-retained.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { runJson: runCliJson } = makeCliSession();

interface Closure {
  nodes: { id: string; selfSize: number; closureSize: number; referenceCount: number; live: boolean }[];
  total: { nodes: number; edges: number; bytes: number };
}

function readLines(path: string): string[] {
  return readFileSync(sharedData(path)!, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

describe.skipIf(sharedData("nix") === undefined || sharedData("guix") === undefined)(
  "stores with known answers",
  () => {
    const place = makeTestPlace();
    const { folder } = place;
    const run = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });

    /** The closure of a store whose gc roots are these: a root directory with its database and profile links. */

    it("gives Nix's closureSize for all 4,980 paths of nixpkgs-15.09-drv", async () => {
      const file = join(folder, "db.sqlite");
      writeFileSync(file, zstdDecompressSync(readFileSync(sharedData("nix/nixpkgs-15.09-drv/db.sqlite.zst")!)));
      await run("scan", `nix-store:${file}`, "--name", "drv");
      const { nodes, total } = await run<Closure>("closure", "drv");
      const json = zstdDecompressSync(readFileSync(sharedData("nix/nixpkgs-15.09-drv/path-info.all-S.json.zst")!));
      const truth = JSON.parse(json.toString()) as Record<
        string,
        { closureSize: number; narSize: number; references: string[] }
      >;
      expect(total).toMatchObject({ nodes: 4980, edges: 32_517 });
      expect(
        Object.fromEntries(nodes.map((node) => [node.id, [node.closureSize, node.selfSize, node.referenceCount]])),
      ).toEqual(
        Object.fromEntries(
          Object.entries(truth).map(([path, info]) => [path, [info.closureSize, info.narSize, info.references.length]]),
        ),
      );
    });

    it("gives the closure that `guix size` prints, path by path and in total", async () => {
      const root = readLines("guix/images.txt")
        .find((line) => line.startsWith("image-m-sqlite "))!
        .split(" ")[1]!;
      await run("scan", `guix-store:${sharedData("guix/db.sqlite")}`, "--root", root, "--name", "guix-m-sqlite");
      const { nodes, total } = await run<Closure>("closure", "guix-m-sqlite");
      const lines = readLines("guix/guix-mini.size.m-sqlite.txt").filter((line) => line.startsWith("/gnu/store/"));
      const printed = lines.map((line) => line.split(/\s+/)).map(([path, size]) => [path, size]);
      const toMebibytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);
      expect(nodes.map((node) => [node.id, toMebibytes(node.closureSize)]).sort()).toEqual(printed.sort());
      expect(`${toMebibytes(total.bytes)} MiB`).toBe(
        readLines("guix/guix-mini.size.m-sqlite.txt").at(-1)!.replace("total: ", ""),
      );
    });

    it("has the retained sizes of the naive oracle, for every node of every store", async () => {
      await run("scan", `guix-store:${sharedData("guix/db.sqlite")}`, "--name", "guix");
      await run("scan", `nix-store:${sharedData("nix/mini-db")}`, "--name", "mini");
      expect(await expectTrueRetained(place.database.pool)).toBeGreaterThan(4980 + 462);
    });

    it("reads the closure of a path by the part of its name after the hash", async () => {
      await run("scan", `nix-store:${sharedData("nix/mini-db")}`, "--name", "mini");
      const { total } = await run<Closure>("closure", "mini", "--root", "image-m-sqlite");
      const { images } = JSON.parse(readFileSync(sharedData("nix/truth.store-vs-layers.json")!, "utf8")) as {
        images: Record<string, { paths: number; nar: number }>;
      };
      expect(total).toMatchObject({ nodes: images["m-sqlite"]!.paths, bytes: images["m-sqlite"]!.nar });
    });
  },
);
