import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { readLayoutBodies } from "#testing/builders/layout-bodies.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { sharedData } from "#testing/run/shared-data.ts";

const { runJson: runCliJson } = makeCliSession();

interface Truth {
  totals: Record<
    "store_paths" | "store_files" | "store_filebytes" | "store_unique_files" | "store_unique_filebytes",
    number
  >;
  images: Record<string, { root: string; paths: number; files: number; filebytes: number; unique_filebytes: number }>;
}
interface Savings {
  rungs: { rung: string; bytes: number; units: number; estimated: boolean }[];
}

// Not in package.json: Debian has it, and without it the tests are skipped.
const NIX = "nix";
const cache = sharedData("nix/cache-xz");
const layout = sharedData("fleet-mini/oci");
const truthFile = sharedData("nix/truth.store-vs-layers.json");
const hasNix = spawnSync(NIX, ["--version"]).status === 0;
const missing = cache === undefined || layout === undefined || truthFile === undefined || !hasNix;

/** SHA-256 → bytes of all regular files under a directory. */
function hashTree(directory: string, found: Map<string, number>): void {
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    const path = join(directory, name);
    if (lstatSync(path).isFile()) addBody(readFileSync(path), found);
  }
}

function addBody(body: Uint8Array, found: Map<string, number>): void {
  found.set(createHash("sha256").update(body).digest("hex"), body.length);
}

describe.skipIf(missing)(
  "a real store made from fleet-mini's seven package sets (needs nix and the shared inputs)",
  () => {
    const root = mkdtempSync(join(tmpdir(), "stratigraph-real-"));
    let database: Database;
    let truth: Truth;
    const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: database.url });
    const fileRung = ({ rungs }: Savings) => {
      const { bytes, units, estimated } = rungs.find(({ rung }) => rung === "file")!;
      return { bytes, units, estimated };
    };

    beforeAll(async () => {
      truth = JSON.parse(readFileSync(truthFile!, "utf8")) as Truth;
      const options = ["--extra-experimental-features", "nix-command", "--no-check-sigs", "--all"];
      const to = `local?root=${join(root, "store")}`;
      execFileSync(NIX, ["copy", ...options, "--from", pathToFileURL(cache!).href, "--to", to], {
        env: { ...process.env, HOME: join(root, "home"), NIX_CONFIG: "substituters =" },
        stdio: ["ignore", "ignore", "pipe"],
      });
      database = await openTestDatabase();
      for (const [name, { root: path }] of Object.entries(truth.images)) {
        await json("scan", `nix-store:${join(root, "store")}`, "--root", path, "--files", "--name", `store/${name}`);
      }
    }, 120_000);
    afterAll(async () => {
      await database?.close();
      rmSync(root, { recursive: true, force: true });
    });

    it("has the counted files, closure by closure", async () => {
      for (const [name, { paths, files, filebytes, unique_filebytes }] of Object.entries(truth.images)) {
        const shown = await json<{ files: object }>("show", `store/${name}`);
        expect([name, shown.files]).toEqual([name, { items: paths, count: files, bytes: filebytes }]);
        const rung = fileRung(await json("savings", `store/${name}`));
        expect([name, rung.bytes, rung.estimated]).toEqual([name, unique_filebytes, false]);
      }
      const { rows } = await database.pool.query(
        "SELECT count(*)::int AS paths, sum(file_count)::int AS files, sum(file_bytes)::int AS bytes FROM packed_item",
      );
      expect(rows[0]).toEqual({
        paths: truth.totals.store_paths,
        files: truth.totals.store_files,
        bytes: truth.totals.store_filebytes,
      });
    });

    it("needs, by file, the bytes counted for all seven together", async () => {
      const names = Object.keys(truth.images).map((name) => `store/${name}`);
      const { store_unique_files: units, store_unique_filebytes: bytes } = truth.totals;
      expect(fileRung(await json("savings", ...names))).toEqual({ bytes, units, estimated: false });
      const overlap = await json<{ estimated: boolean; union: object }>("overlap", ...names, "--rung", "file");
      expect([overlap.union, overlap.estimated]).toEqual([{ bytes, units }, false]);
    });

    it("needs, together with the seven images, the distinct files of both", async () => {
      await json("scan", `oci:${layout}`);
      const naive = new Map<string, number>();
      hashTree(join(root, "store/nix/store"), naive);
      for (const body of readLayoutBodies(layout!)) addBody(body, naive);
      const names = Object.keys(truth.images).flatMap((name) => [name, `store/${name}`]);
      const bytes = [...naive.values()].reduce((sum, each) => sum + each, 0);
      const { rungs } = await json<Savings>("savings", ...names);
      expect(fileRung({ rungs })).toEqual({ bytes, units: naive.size, estimated: false });
      const falling = rungs.filter(({ rung }) => rung !== "package").map((rung) => rung.bytes);
      expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    });

    it("differs by content from an image of the same packages only in the files around them", async () => {
      const { files } = await json<{ files: object }>("diff", "m-base", "store/m-base");
      expect(files).toEqual({ available: true, by: "content", added: 7, removed: 7, changed: 0, metadata: 0 });
    });
  },
);
