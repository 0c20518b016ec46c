import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { zstdDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ClosureSnapshot } from "#lib/model/snapshot.ts";
import { openStore } from "#lib/sources/store/index.ts";
import {
  createStoreDatabase,
  generateStoreRows,
  insertStoreRows,
  type StoreRow,
  testStorePath,
  writeGeneratedStore,
} from "#testing/builders/store.ts";
import { findLivePaths } from "#testing/oracles/live-paths.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { type IngestStoreOptions, ingestStore } from "./ingest-store.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ingest-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

type TestOptions = Partial<IngestStoreOptions & Parameters<typeof openStore>[0]>;

const ingest = ({ rootDir = directory, flavour = "nix", ...options }: TestOptions = {}) =>
  ingestStore({
    source: "nix-store:here",
    open: () => openStore({ rootDir, flavour }),
    roots: [],
    computeLive: findLivePaths,
    ...options,
  });

function pathsOf(snapshot: ClosureSnapshot, mark: 0 | 1): string[] {
  return snapshot.graph.components
    .filter((_, i) => snapshot.graph.live[i] === mark)
    .map((component) => component.identity);
}

const rootsOf = ({ graph }: ClosureSnapshot) => Array.from(graph.roots, (root) => graph.components[root]?.identity);

const STATE_DIR = { nix: "nix/var/nix", guix: "var/guix" };

function makeSystem(flavour: "nix" | "guix", writeDatabase: (file: string) => void, roots: readonly string[]): void {
  const state = join(directory, STATE_DIR[flavour]);
  mkdirSync(join(state, "db"), { recursive: true });
  mkdirSync(join(state, "gcroots"), { recursive: true });
  writeDatabase(join(state, "db/db.sqlite"));
  roots.forEach((root, i) => void symlinkSync(root, join(state, "gcroots", `root-${i}`)));
}

function writeStore(rows: readonly StoreRow[]): (file: string) => void {
  return (file) => {
    const writer = createStoreDatabase(file, "nix");
    insertStoreRows(writer, rows);
    writer.close();
  };
}

const [app, lib, source, drv, liar, dead] = ["app-1.0", "lib-2.0", "source", "app-1.0.drv", "other.drv", "dead"].map(
  (name, i) => testStorePath(i, name),
) as [string, string, string, string, string, string];
const ROWS: StoreRow[] = [
  { path: lib, narSize: 20, references: [lib], deriver: liar },
  { path: app, narSize: 10, references: [lib], deriver: drv },
  { path: source, narSize: 3 },
  { path: drv, narSize: 1, references: [source], outputs: [app] },
  { path: liar, narSize: 1, outputs: [testStorePath(98, "never-built")] },
  { path: dead, narSize: 100, references: [lib] },
];

describe("ingestStore", () => {
  test("a whole store has every path; live are paths that a root reaches, and derivers listed by their outputs", async () => {
    makeSystem("nix", writeStore(ROWS), [app, app, testStorePath(99, "not-valid")]);
    const snapshot = await ingest();
    expect(snapshot).toMatchObject({
      kind: "closure",
      name: "nix-store:here",
      storeDir: "/nix/store",
      closureSize: 135,
      rootsKnown: true,
    });
    expect(rootsOf(snapshot)).toEqual([app]);
    expect(pathsOf(snapshot, 1)).toEqual([app, lib, source, drv].sort());
    expect(pathsOf(snapshot, 0)).toEqual([liar, dead].sort());
    expect(snapshot.problems).toEqual([]);
  });

  test("a derivation whose outputs no table lists is kept if its output names it", async () => {
    const floating = ROWS.map(({ outputs, ...row }) => (row.path === drv ? row : { ...row, outputs }));
    makeSystem("nix", writeStore(floating), [app]);
    expect(pathsOf(await ingest(), 0)).toEqual([liar, dead].sort());
  });

  test("a component is the store path with its database columns", async () => {
    makeSystem("nix", writeStore(ROWS), []);
    const { graph } = await ingest();
    expect(graph.components.find((component) => component.identity === app)).toEqual({
      kind: "store",
      name: "app",
      version: "1.0",
      identity: app,
      instancePath: "",
      narHash: `sha256:${"0".repeat(64)}`,
      deriver: drv,
    });
    const edges = Array.from(graph.edges.from, (from, i) =>
      [from, graph.edges.to[i]].map((n) => graph.components[n!]?.name).join(">"),
    );
    expect(edges.sort()).toEqual(["app.drv>source", "app>lib", "dead>lib", "lib>lib"]);
    expect(new Set(graph.edges.evidence)).toEqual(new Set([0]));
    expect(new Set(graph.edges.detail)).toEqual(new Set([-1]));
  });

  test("a store without roots is live as a whole, and the closure records it", async () => {
    makeSystem("nix", writeStore(ROWS), []);
    const snapshot = await ingest();
    expect(snapshot.rootsKnown).toBe(false);
    expect(rootsOf(snapshot)).toEqual([]);
    expect(pathsOf(snapshot, 0)).toEqual([]);
  });

  test("--root limits to the closure of the roots, named for them", async () => {
    makeSystem("nix", writeStore(ROWS), [dead]);
    const one = await ingest({ roots: [app] });
    expect(one).toMatchObject({ name: "app-1.0", closureSize: 30, rootsKnown: true });
    expect(rootsOf(one)).toEqual([app]);
    expect(pathsOf(one, 1)).toEqual([app, lib].sort());
    const two = await ingest({ roots: [dead, `${drv}/`, dead] });
    expect(two).toMatchObject({ name: "dead and 1 more", closureSize: 124 });
    expect(rootsOf(two)).toEqual([dead, drv].sort());
    expect((await ingest({ roots: [app], name: "mine" })).name).toBe("mine");
  });

  test("a --root that is not valid is a usage error with candidates", async () => {
    makeSystem("nix", writeStore(ROWS), []);
    await expect(ingest({ roots: [app, testStorePath(77, "lib-2.0")] })).rejects.toMatchObject({
      name: "UsageError",
      candidates: [lib],
    });
  });

  test("sizes too large to sum exactly are refused", async () => {
    makeSystem("nix", writeStore([app, lib].map((path) => ({ path, narSize: Number.MAX_SAFE_INTEGER }))), []);
    await expect(ingest()).rejects.toMatchObject({ code: "limit-exceeded" });
  });

  test("each kind of bad row is reported once", async () => {
    makeSystem(
      "nix",
      writeStore([
        { path: app, narSize: null },
        { path: lib, narSize: null },
        { path: "/elsewhere/x", narSize: 1 },
      ]),
      [],
    );
    const { problems } = await ingest();
    expect(problems.map(({ code, severity, source, path }) => [code, severity, source, path])).toEqual([
      ["size-mismatch", "warning", "nix-store:here", app],
      ["bad-database", "warning", "nix-store:here", "/elsewhere/x"],
    ]);
    expect(problems[0]?.message).toMatch(/^2 paths count as 0 bytes/);
  });
});

test("no text of a hostile database reaches the snapshot unchecked", async () => {
  makeSystem(
    "nix",
    writeStore([
      { path: app, narSize: 1 },
      { path: `${lib}\0x`, narSize: 1 },
    ]),
    [],
  );
  const database = new DatabaseSync(join(directory, STATE_DIR.nix, "db/db.sqlite"));
  database.exec("update ValidPaths set hash = 'sha256:' || char(0, 8238), deriver = '/nix/store/' || char(0, 8238)");
  database.close();
  const { graph, problems } = await ingest();
  expect(graph.components).toMatchObject([{ identity: app, narHash: "", deriver: "" }]);
  expect(problems.map((problem) => problem.path)).toEqual([app, `${lib}\\x00x`]);
});

describe("the digest", () => {
  const digestOf = async (rows: readonly StoreRow[], roots: readonly string[]) => {
    rmSync(join(directory, "nix"), { recursive: true, force: true });
    makeSystem("nix", writeStore(rows), roots);
    return (await ingest()).digest;
  };

  test("does not depend on the order in which the store got its paths", async () => {
    expect(await digestOf(ROWS.toReversed(), [app])).toBe(await digestOf(ROWS, [app]));
  });

  test("changes with a size, a reference, a root, or a deriver that keeps a path", async () => {
    const changed = (i: number, change: Partial<StoreRow>) =>
      ROWS.map((row, at) => (at === i ? { ...row, ...change } : row));
    const digests = [
      await digestOf(ROWS, [app]),
      await digestOf(ROWS, [dead]),
      await digestOf(ROWS, []),
      await digestOf(changed(0, { narSize: 21 }), [app]),
      await digestOf(changed(0, { references: [] }), [app]),
      await digestOf(changed(1, { deriver: liar }), [app]),
      await digestOf(ROWS.slice(0, -1), [app]),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});

test("a generated store is the same for the same seed, and is read as it was generated", async () => {
  const options = { seed: 5, pathCount: 500, referenceCount: 4000, flavour: "guix" } as const;
  makeSystem("guix", (file) => writeGeneratedStore(file, options), []);
  const { graph } = await ingest({ flavour: "guix" });
  const rows = generateStoreRows(options);
  const expected = rows.flatMap((row) => (row.references ?? []).map((reference) => `${row.path} ${reference}`));
  const read = Array.from(
    graph.edges.from,
    (from, i) => `${graph.components[from]?.identity} ${graph.components[graph.edges.to[i]!]?.identity}`,
  );
  expect(read.sort()).toEqual(expected.sort());
  expect(generateStoreRows({ ...options, seed: 6 })[0]?.path).not.toBe(rows[0]?.path);
});

const readLines = (path: string) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");

const guix = sharedData("guix");
describe.skipIf(guix === undefined)("a real Guix store, against its own tools", () => {
  const images = () => readLines(join(guix!, "images.txt")).map((line) => line.split(" ")[1] ?? "");

  test("live and dead are those of `guix gc`", async () => {
    makeSystem("guix", (file) => copyFileSync(join(guix!, "db.sqlite"), file), images());
    const snapshot = await ingest({ flavour: "guix" });
    expect(snapshot.storeDir).toBe("/gnu/store");
    expect(pathsOf(snapshot, 1)).toEqual(readLines(join(guix!, "guix-mini.gc-live.txt")).sort());
    expect(pathsOf(snapshot, 0)).toEqual(readLines(join(guix!, "guix-mini.gc-dead.txt")).sort());
  });

  test("a closure's size is that of `guix size`, read from the folder itself", async () => {
    const root = images().find((path) => path.endsWith("-image-m-sqlite")) ?? "";
    const snapshot = await ingest({ flavour: "guix", rootDir: guix!, roots: [root] });
    const lines = readLines(join(guix!, "guix-mini.size.m-sqlite.txt"));
    expect(pathsOf(snapshot, 1)).toEqual(
      lines
        .slice(1, -1)
        .map((line) => line.split(" ")[0])
        .sort(),
    );
    expect(lines.at(-1)).toBe(`total: ${(snapshot.closureSize / 2 ** 20).toFixed(1)} MiB`);
  });
});

/** `nix path-info --json -S`: by path, with closure sizes. */
type PathInfo = Record<string, { closureSize: number; narSize: number; references: string[] }>;

const mini = sharedData("nix/mini-db");
describe.skipIf(mini === undefined)("a real Nix store, against its own tools", () => {
  test("dead paths are those of `nix-store --gc --print-dead`", async () => {
    const links = readLines(join(mini!, "nix-mini.gc-roots.txt")).map((line) => line.split(" -> "));
    makeSystem("nix", (file) => copyFileSync(join(mini!, "db.sqlite"), file), []);
    for (const [link, target] of links) {
      mkdirSync(dirname(join(directory, link!)), { recursive: true });
      symlinkSync(target!, join(directory, link!));
    }
    const snapshot = await ingest();
    expect(pathsOf(snapshot, 0)).toEqual(readLines(join(mini!, "nix-mini.gc-dead.txt")).sort());
  });

  test("every path's closure has the size that `nix path-info` gives, read from the folder itself", {
    timeout: 60_000,
  }, async () => {
    const truth: PathInfo = JSON.parse(readFileSync(join(mini!, "nix-mini.path-info.all-S.json"), "utf8"));
    for (const [path, { closureSize }] of Object.entries(truth)) {
      const snapshot = await ingest({ rootDir: mini!, roots: [path] });
      expect([path, snapshot.closureSize]).toEqual([path, closureSize]);
    }
    expect((await ingest({ rootDir: mini! })).graph.components).toHaveLength(Object.keys(truth).length);
  });
});

const old = sharedData("nix/nixpkgs-15.09-drv");
describe.skipIf(old === undefined)("a store of 4,980 derivations", () => {
  const unpack = (name: string) => zstdDecompressSync(readFileSync(join(old!, name)));

  test("has the sizes, references and closures of its `nix path-info`", { timeout: 60_000 }, async () => {
    writeFileSync(join(directory, "db.sqlite"), unpack("db.sqlite.zst"));
    const truth: PathInfo = JSON.parse(unpack("path-info.all-S.json.zst").toString());
    const { graph } = await ingest();
    const targets = graph.components.map((): string[] => []);
    graph.edges.from.forEach((from, i) => void targets[from]!.push(graph.components[graph.edges.to[i]!]!.identity));
    const read = graph.components.map((component, i) => [component.identity, graph.selfSize[i], targets[i]]);
    expect(read).toEqual(
      Object.keys(truth)
        .sort()
        .map((path) => [path, truth[path]!.narSize, truth[path]!.references.toSorted()]),
    );
    for (const path of Object.keys(truth).filter((_, i) => i % 250 === 0)) {
      expect((await ingest({ roots: [path] })).closureSize).toBe(truth[path]!.closureSize);
    }
  });
});

test("a scan leaves the database unchanged", async () => {
  makeSystem("nix", writeStore(ROWS), [app]);
  const file = join(directory, STATE_DIR.nix, "db/db.sqlite");
  const before = readFileSync(file);
  await ingest();
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(new DatabaseSync(file, { readOnly: true }).prepare("pragma journal_mode").get()).toEqual({
    journal_mode: "wal",
  });
});
