import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadHoldings } from "#lib/db/queries/load-holdings.ts";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { testStorePath } from "#testing/builders/store.ts";
import {
  directory,
  file,
  makeStore,
  naiveNar,
  sha256Hex,
  symlink,
  type TestItem,
} from "#testing/builders/store-items.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Scan {
  artifacts: { known: boolean; nodeCount: number }[];
  problems: { code: string; severity: string; path: string; message: string }[];
}
interface Shown {
  files: { items: number; count: number; bytes: number };
  problems: Scan["problems"];
}
interface Savings {
  rungs: { rung: string; bytes: number; units: number; estimated: boolean }[];
}
interface Diff {
  files: Record<string, unknown>;
  fileChanges?: { change: string; path: string }[];
}

const SHARED = Buffer.alloc(40_000, "shared by an image and a store. ");
const [base, app, old, liar, gone] = ["base-1", "app-2", "app-1", "liar", "gone"].map((name, i) =>
  testStorePath(i, name),
) as [string, string, string, string, string];
const ITEMS: TestItem[] = [
  {
    path: base,
    tree: directory({ lib: directory({ "libc.so": file(SHARED) }), sh: symlink("/bin/sh"), empty: file("") }),
  },
  { path: app, tree: directory({ run: file("new", true), copy: file(SHARED), doc: file("text") }), references: [base] },
  {
    path: old,
    tree: directory({ run: file("old", true), copy: file(SHARED), doc: file("text", true) }),
    references: [base],
  },
  { path: liar, tree: file("not what it was"), narHash: `sha256:${"0".repeat(64)}` },
  { path: gone, tree: file("gone soon") },
];
const inside = (path: string, name: string) => `${path.slice(1)}/${name}`;
const narBytes = (...paths: string[]) =>
  ITEMS.filter(({ path }) => paths.includes(path)).reduce((sum, { tree }) => sum + naiveNar(tree).length, 0);

describe("a store scanned with --files", () => {
  const root = mkdtempSync(join(tmpdir(), "stratigraph-files-"));
  const itemOnDisk = (path: string) => join(root, "nix/store", basename(path));
  let database: Database;
  const run = (...args: string[]) => runCli(args, { databaseUrl: database.url });
  const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: database.url });
  const rungOf = ({ rungs }: Savings, name: string) => {
    const { bytes, units, estimated } = rungs.find(({ rung }) => rung === name)!;
    return { bytes, units, estimated };
  };
  const count = async (...tables: string[]) => {
    const { rows } = await database.pool.query(
      `SELECT ${tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(", ")}`,
    );
    return rows[0];
  };

  beforeAll(async () => {
    database = await openTestDatabase();
    makeStore(root, ITEMS);
    rmSync(itemOnDisk(gone));
    writeFileSync(
      join(root, "image.tar"),
      buildDockerArchive([
        buildTar([
          { path: "usr/libc.so", body: SHARED },
          { path: "usr/own", body: Buffer.from("image's own") },
        ]),
      ]),
    );
  });
  afterAll(async () => {
    await database.close();
    rmSync(root, { recursive: true });
  });

  it("says in a diff and on the ladder that its files are not known before", async () => {
    for (const [name, path] of [
      ["app", app],
      ["old", old],
    ] as const)
      await json("scan", `nix-store:${root}`, "--root", path, "--name", name);
    expect(await json<Diff>("diff", "old", "app")).toMatchObject({ files: { available: false, added: null } });
    expect((await run("diff", "old", "app")).stdout).toMatch(/scan the store again with --files/);
    expect(rungOf(await json("savings", "app"), "file")).toEqual({
      bytes: narBytes(app, base),
      units: 2,
      estimated: true,
    });
    expect(await count("store_file", "packed_item", "content")).toEqual({ store_file: 0, packed_item: 0, content: 0 });
  });

  it("adds the files of a closure that was known without them", async () => {
    const { artifacts, problems } = await json<Scan>(
      "scan",
      `nix-store:${root}`,
      "--root",
      app,
      "--name",
      "app",
      "--files",
    );
    expect([artifacts.length, artifacts[0]?.known, problems]).toEqual([1, true, []]);
    const { files } = await json<Shown>("show", "app");
    expect(files).toEqual({ items: 2, count: 5, bytes: 2 * SHARED.length + 7 });
    expect(rungOf(await json("savings", "app"), "file")).toEqual({
      bytes: SHARED.length + 7,
      units: 4,
      estimated: false,
    });
    expect(rungOf(await json("savings", "app", "old"), "file")).toMatchObject({
      estimated: true,
      bytes: SHARED.length + 7 + narBytes(old),
    });
    const scan = await run("scan", `nix-store:${root}`, "--root", app, "--name", "app", "--files");
    expect(scan.stderr).toMatch(/5 files of 78\.1 KiB, already known/);
  });

  it("reports items that differ from the database, skips them, and continues", async () => {
    const { problems } = await json<Scan>("scan", `nix-store:${root}`, "--name", "whole", "--files");
    const reported = problems.map(({ code, severity, path }) => [code, severity, path]).sort();
    expect(reported).toEqual([
      ["missing-target", "warning", gone],
      ["nar-mismatch", "warning", liar],
    ]);
    const shown = await json<Shown>("show", "whole");
    expect(shown.files).toEqual({ items: 3, count: 8, bytes: 3 * SHARED.length + 14 });
    expect(shown.problems).toEqual(problems);
    expect((await json<Shown>("show", "old")).files).toMatchObject({ items: 2, count: 5 });
    const { bytes, estimated } = rungOf(await json("savings", "whole"), "file");
    expect([bytes, estimated]).toEqual([SHARED.length + 10 + narBytes(liar, gone), true]);
  });

  it("stores an item's names in the order of its NAR", async () => {
    const { rows } = await database.pool.query(
      `SELECT path, f.kind, executable, f.byte_count::int AS bytes, target, encode(sha256, 'hex') AS hash FROM store_file f
       JOIN component c ON c.id = component_id LEFT JOIN content ON content.id = content_id WHERE identity = $1 ORDER BY ordinal`,
      [base],
    );
    const plain = { executable: false, bytes: 0, target: null, hash: null };
    expect(rows).toEqual([
      { ...plain, path: "", kind: 1 },
      { ...plain, path: "empty", kind: 0, hash: sha256Hex(Buffer.alloc(0)) },
      { ...plain, path: "lib", kind: 1 },
      { ...plain, path: "lib/libc.so", kind: 0, bytes: SHARED.length, hash: sha256Hex(SHARED) },
      { ...plain, path: "sh", kind: 2, target: "/bin/sh" },
    ]);
  });

  it("compares two closures by path inside paired items", async () => {
    const { files, fileChanges } = await json<Diff>("diff", "old", "app");
    expect(files).toEqual({ available: true, by: "path", added: 0, removed: 0, changed: 1, metadata: 1 });
    expect(fileChanges?.map(({ change, path }) => [change, path])).toEqual([
      ["metadata", inside(app, "doc")],
      ["content", inside(app, "run")],
    ]);
    expect(await json<Diff>("diff", "app", "app")).toMatchObject({
      files: { available: true, added: 0, changed: 0 },
      fileChanges: [],
    });
    expect(await json<Diff>("diff", "app", "whole")).toMatchObject({ files: { available: false } });
  });

  it("compares an image with a closure by content, and counts common content once", async () => {
    await json("scan", `docker-archive:${join(root, "image.tar")}`, "--name", "image");
    const { files, fileChanges } = await json<Diff>("diff", "image", "app");
    expect(files).toEqual({ available: true, by: "content", added: 3, removed: 1, changed: 0, metadata: 0 });
    expect(fileChanges?.map(({ change, path }) => [change, path])).toEqual(
      [
        ["added", inside(base, "empty")],
        ["added", inside(app, "doc")],
        ["added", inside(app, "run")],
        ["removed", "usr/own"],
      ].sort((a, b) => (a[1]! < b[1]! ? -1 : 1)),
    );
    expect(rungOf(await json("savings", "image", "app"), "file")).toEqual({
      bytes: SHARED.length + 7 + 11,
      units: 5,
      estimated: false,
    });
  });

  it("is cut into chunks by another scan, which reads uncut files again", async () => {
    expect(rungOf(await json("savings", "app"), "chunk").estimated).toBe(true);
    await json("scan", `nix-store:${root}`, "--root", app, "--name", "app", "--files", "--chunks");
    expect(rungOf(await json("savings", "app"), "chunk")).toMatchObject({
      estimated: false,
      bytes: expect.any(Number),
    });
    const { bytes } = rungOf(await json("savings", "app"), "chunk");
    expect(bytes).toBeLessThanOrEqual(SHARED.length + 7);
  });

  it("packs its files from the tables again when rebuilt", async () => {
    const load = async () => {
      const { rows } = await database.pool.query<{ id: number }>("SELECT id FROM artifact ORDER BY id");
      return loadHoldings(
        database.pool,
        rows.map(({ id }) => id),
      );
    };
    const before = await load();
    await database.pool.query("UPDATE packed_item SET engine_version = -1");
    const unpacked = await load();
    expect(unpacked.map((held) => held.kind === "closure" && held.items.bodies)).toContain(undefined);
    await json("migrate", "--rebuild");
    expect(await load()).toEqual(before);
  });

  it("is not read again if its files are known", async () => {
    rmSync(itemOnDisk(app), { recursive: true });
    const { problems } = await json<Scan>("scan", `nix-store:${root}`, "--root", app, "--name", "app", "--files");
    expect(problems).toEqual([]);
  });

  it("keeps content that an image or another closure has when one is removed, and nothing when all are", async () => {
    await run("rm", "image");
    expect(rungOf(await json("savings", "app"), "file")).toEqual({
      bytes: SHARED.length + 7,
      units: 4,
      estimated: false,
    });
    await json("scan", `docker-archive:${join(root, "image.tar")}`, "--name", "image");
    for (const name of ["whole", "app"]) await run("rm", name);
    expect((await json<Shown>("show", "old")).files).toEqual({ items: 2, count: 5, bytes: 2 * SHARED.length + 7 });
    await run("rm", "old");
    expect(await count("store_file", "packed_item", "content")).toEqual({ store_file: 0, packed_item: 0, content: 2 });
    await run("rm", "image");
    const left = await count("content", "chunk", "content_chunk", "component", "layer_entry", "store_reference");
    expect(left).toEqual({ content: 0, chunk: 0, content_chunk: 0, component: 0, layer_entry: 0, store_reference: 0 });
  });

  it("is scanned from its database alone, with a line that says its files are missing", async () => {
    const { status, stderr } = await run(
      "scan",
      `nix-store:${join(root, "nix/var/nix/db/db.sqlite")}`,
      "--name",
      "alone",
      "--files",
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(/warning: nix-store:.*: no files to hash: this is a store's database without its store/);
    const { stderr: chunks } = await run("scan", `nix-store:${root}`, "--name", "alone", "--chunks");
    expect(chunks).toMatch(/pass --files too/);
    expect((await run("show", "alone")).stdout).toMatch(/^files +not known: scan the store again with --files$/m);
  });
});
