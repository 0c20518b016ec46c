import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isCondensed, parseRpmDatabase } from "#lib/formats/rpm/index.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { ndbDatabase, rpmHeader, sqliteDatabase } from "#testing/builders/rpm-database.ts";
import { buildTar, inChunks, type TarMember } from "#testing/builders/tar.ts";
import { isDocument } from "./documents.ts";
import { openLayerPool } from "./layer-pool.ts";
import { MAX_RPM_DATABASE_BYTES } from "./limits.ts";
import { ScanBudget } from "./scan-budget.ts";
import { scanLayer } from "./scan-layer.ts";

const MIB = 1024 ** 2;
const NDB = "usr/lib/sysimage/rpm/Packages.db";
const databaseOf = (...names: string[]) => ndbDatabase(names.map((name) => rpmHeader({ name })));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-rpm-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const scan = (members: readonly TarMember[], budget?: ScanBudget) =>
  scanLayer(inChunks(buildTar(members), 511), { isDocument, budget });

/** The packages of each kept database. */
function namesIn({ documents }: LayerScan): string[][] {
  const parsed = documents.map(({ body }) => parseRpmDatabase({ database: body, wal: new Uint8Array(0) }));
  return parsed.map(({ value }) => value.map(({ name }) => name));
}

it("a layer keeps its rpm database condensed, and charges no more than that", async () => {
  const budget = ScanBudget.open({ entries: 9, nameBytes: 999, documentBytes: 2000 });
  const { documents, problems, contentSize } = await scan([{ path: NDB, body: databaseOf("a", "b") }], budget);
  expect(contentSize).toBeGreaterThan(4096);
  expect(problems).toEqual([]);
  expect(documents.map(({ entry, body }) => [entry, isCondensed(body)])).toEqual([[0, true]]);
  expect(budget.takeDocument(2000 - documents[0]!.body.length)).toBe(true);
  expect(budget.borrowDatabase(MAX_RPM_DATABASE_BYTES)).toBe(true);
});

it("with what the log beside it has committed", async () => {
  const file = join(folder, "rpmdb.sqlite");
  const database = sqliteDatabase(file, [rpmHeader({ name: "a" })]);
  database.exec("pragma wal_checkpoint(truncate)");
  sqliteDatabase(file, [rpmHeader({ name: "b" })]).close();
  const layer = await scan([
    { path: "var/lib/rpm/rpmdb.sqlite", body: readFileSync(file) },
    { path: "var/lib/rpm/rpmdb.sqlite-wal", body: readFileSync(`${file}-wal`) },
  ]);
  database.close();
  expect(namesIn(layer)).toContainEqual(["a", "b"]);
});

it("both of two databases, and a damaged one as it is", async () => {
  const damaged = Buffer.from("not a database");
  const layer = await scan([
    { path: NDB, body: databaseOf("a") },
    { path: "var/lib/rpm/Packages", body: damaged },
    { path: "usr/share/rpm/Packages.db", body: databaseOf("b") },
  ]);
  expect(namesIn(layer)).toEqual([["a"], [], ["b"]]);
  expect(layer.documents[1]!.body).toEqual(new Uint8Array(damaged));
});

it("a database that is too large is reported; a layer that fails gives its memory back", async () => {
  const tooLarge = { path: NDB, body: Buffer.alloc(MAX_RPM_DATABASE_BYTES + 1) };
  const { documents, problems } = await scanLayer(inChunks(buildTar([tooLarge]), MIB), { isDocument });
  expect([documents.length, problems.map(({ code }) => code)]).toEqual([0, ["limit-exceeded"]]);
  const budget = ScanBudget.open();
  await expect(scan([{ path: NDB, body: "short", claimedBytes: 9000 }], budget)).rejects.toThrow();
  expect(budget.borrowDatabase(MAX_RPM_DATABASE_BYTES)).toBe(true);
});

it("layers that are read at once wait for each other's memory", { timeout: 60_000 }, async () => {
  const body = Buffer.alloc(Math.ceil((MAX_RPM_DATABASE_BYTES * 2) / 3));
  body.set(databaseOf("a"));
  const tar = buildTar([{ path: NDB, body }]);
  const file = join(folder, "layer.tar");
  writeFileSync(file, tar);
  const pool = openLayerPool();
  try {
    const range = { file, offset: 0, length: tar.length };
    const scans = await Promise.all([1, 2, 3].map(() => pool.scan(range)));
    expect(scans.map(namesIn)).toEqual([[["a"]], [["a"]], [["a"]]]);
    expect(scans.flatMap(({ problems }) => problems)).toEqual([]);
  } finally {
    await pool.close();
  }
});
