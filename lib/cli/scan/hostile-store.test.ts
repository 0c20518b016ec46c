import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MAX_LOG_BYTES } from "#lib/sources/store/index.ts";
import { writeFannedStore, writeSmallStore, writeSparseStore } from "#testing/builders/hostile-store.ts";
import { writeGeneratedStore } from "#testing/builders/store.ts";
import { measureCli } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

/** Limits of memory and time for any input. */
const MAX_RESIDENT = 512 * 1024 ** 2;
const MAX_MS = 30_000;
const SPARSE_BYTES = 1.5 * 1024 ** 3;

describe("a malicious database of a store", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const file = join(folder, "db.sqlite");

  async function scanWithin() {
    const started = performance.now();
    const run = await measureCli(["scan", `nix-store:${file}`], { databaseUrl: place.database.url });
    expect(performance.now() - started).toBeLessThan(MAX_MS);
    expect(run.peakBytes).toBeLessThan(MAX_RESIDENT);
    // The stored artifact, its page and the next command; or the error.
    expect(run.stderr.trim().split("\n")).toHaveLength(run.status === 0 ? 3 : 1);
    return run;
  }

  const refused: [name: string, write: () => void, says: RegExp][] = [
    ["4 million paths that are one row", () => writeFannedStore(file, "ValidPaths", 366), /ValidPaths: .* damaged/],
    [
      "39 million references that are one row",
      () => writeFannedStore(file, "Refs", 3600),
      /damaged: page 12 is used twice/,
    ],
    ["outputs that are one row", () => writeFannedStore(file, "DerivationOutputs", 366), /Outputs: .* damaged/],
    ["a schema without end", () => writeEndlessSchema(), /damaged: page 1 is used twice/],
    ["1.5 GiB of nothing", () => writeHole(file, SPARSE_BYTES), /not an SQLite database/],
    [
      "a log of 1.5 GiB of nothing",
      () => {
        writeSmallStore(file);
        writeHole(`${file}-wal`, SPARSE_BYTES);
      },
      new RegExp(`db.sqlite-wal: .* the limit is ${MAX_LOG_BYTES}`),
    ],
  ];

  it.each(refused)("%s: one line and exit 3, nothing stored, memory and time bounded", async (_, write, says) => {
    for (const name of [file, `${file}-wal`]) rmSync(name, { force: true });
    write();
    const run = await scanWithin();
    expect(run.stderr).toMatch(says);
    expect(run.status).toBe(3);
    const { rows } = await place.database.pool.query("SELECT count(*)::int AS stored FROM artifact");
    expect(rows).toEqual([{ stored: 0 }]);
  });

  it("a small store in a file of 1.5 GiB is read in place", async () => {
    for (const name of [file, `${file}-wal`]) rmSync(name, { force: true });
    writeSparseStore(file, SPARSE_BYTES);
    expect((await scanWithin()).stderr).toMatch(/2 components, 2 edges/);
  });

  it("100,000 paths with a million references are read within the same limits", { timeout: 60_000 }, async () => {
    rmSync(file);
    writeGeneratedStore(file, { seed: 1, pathCount: 100_000, referenceCount: 1_000_000, flavour: "nix" });
    expect((await scanWithin()).stderr).toMatch(/100000 components/);
  });

  /** The tree of the schema contains itself. */
  function writeEndlessSchema(): void {
    writeSmallStore(file);
    const page = Buffer.alloc(12);
    page.writeUInt8(0x05, 0);
    page.writeUInt32BE(1, 8);
    const bytes = readFileSync(file);
    bytes.set(page, 100);
    writeFileSync(file, bytes);
  }

  function writeHole(path: string, length: number): void {
    writeFileSync(path, "");
    truncateSync(path, length);
  }
});
