import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { zstdDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MAX_DATABASE_BYTES } from "#lib/formats/sqlite/index.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { createStoreDatabase, insertStoreRows, testStorePath, writeGeneratedStore } from "#testing/builders/store.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { openStore } from "./open-store.ts";
import { readTables } from "./read-tables.ts";
import { MAX_LOG_BYTES, readSettledDatabase } from "./settled-database.ts";

const A = testStorePath(1, "a-1.0");
const B = testStorePath(2, "b-2.0");

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "store-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const open = (rootDir = directory) => openStore({ rootDir, flavour: "nix" });
const databaseFile = () => join(directory, "db.sqlite");

function referencesOf(tables: Awaited<ReturnType<typeof open>>["tables"]): string[] {
  return Array.from(
    tables.referrers,
    (referrer, i) => `${tables.paths[referrer]} ${tables.paths[tables.references[i]!]}`,
  );
}

/** Makes a file look old: a new one is given time to settle, which adds up in a loop. */
const makeOld = () => utimesSync(databaseFile(), 1, 1);

/** Writes a store in which A refers to B and to itself, and leaves it all in the log. */
function writeUncheckpointed(flavour: "nix" | "guix" = "nix"): DatabaseSync {
  const writer = createStoreDatabase(databaseFile(), flavour);
  insertStoreRows(writer, [
    { path: B, narSize: 200 },
    { path: A, narSize: 100, references: [B, A], deriver: B },
  ]);
  return writer;
}

describe("openStore", () => {
  test.each(["nix", "guix"] as const)("reads the %s schema, in the order of the paths", async (flavour) => {
    writeUncheckpointed(flavour).close();
    const { tables } = await open();
    expect(tables.paths).toEqual([A, B].sort());
    expect(referencesOf(tables).sort()).toEqual([`${A} ${A}`, `${A} ${B}`].sort());
    expect(tables.derivers[tables.paths.indexOf(A)]).toBe(B);
    expect(tables.narSizes[tables.paths.indexOf(B)]).toBe(200);
    expect(tables.faults).toEqual([]);
  });

  test("sees a transaction that is only in the log, and not the current one", async () => {
    const writer = writeUncheckpointed();
    expect(statSync(databaseFile()).size).toBeLessThan(statSync(`${databaseFile()}-wal`).size);
    writer.exec(`begin immediate; delete from Refs; delete from ValidPaths`);
    expect((await open()).tables.paths).toHaveLength(2);
    writer.exec("commit");
    expect((await open()).tables.paths).toHaveLength(0);
    writer.close();
  });

  test("writes nothing beside the database: no -shm, no -wal, no journal", async () => {
    const writer = writeUncheckpointed();
    copyFileSync(databaseFile(), join(directory, "copy"));
    copyFileSync(`${databaseFile()}-wal`, join(directory, "copy-wal"));
    writer.close();
    const before = readdirSync(directory);
    expect((await open(join(directory, "copy"))).tables.paths).toHaveLength(2);
    expect((await open()).tables.paths).toHaveLength(2);
    expect(readdirSync(directory)).toEqual(before);
  });

  test("finds the store in a system's usual place before a stray db.sqlite", async () => {
    writeFileSync(databaseFile(), "stray");
    mkdirSync(join(directory, "nix/var/nix/db"), { recursive: true });
    writeGeneratedStore(join(directory, "nix/var/nix/db/db.sqlite"), {
      seed: 1,
      pathCount: 9,
      referenceCount: 9,
      flavour: "nix",
    });
    expect((await open()).tables.paths).toHaveLength(9);
  });

  test("knows a store in another directory by its paths", async () => {
    const writer = createStoreDatabase(databaseFile(), "nix");
    insertStoreRows(writer, [{ path: testStorePath(1, "a", "/home/me/store"), narSize: 1 }]);
    writer.close();
    expect((await open()).tables.storeDir).toBe("/home/me/store");
  });
});

describe("what is not a store's database", () => {
  test("a directory without one cannot be reached, and the message says what to name", async () => {
    await expect(open()).rejects.toThrow(UnreachableError);
    await expect(open()).rejects.toThrow(/name the directory with \/nix\/var\/nix\/db\/db.sqlite/);
    await expect(open(join(directory, "absent"))).rejects.toThrow(UnreachableError);
  });

  test.each([
    [
      "text",
      "not a database at all, but long enough to have a header of one hundred bytes, one would say, or a few more",
    ],
    ["an empty file", ""],
    ["a header alone", `SQLite format 3\0${"\0".repeat(200)}`],
  ])("%s", async (_, text) => {
    writeFileSync(databaseFile(), text);
    await expect(open()).rejects.toMatchObject({ name: "InputError", code: "bad-database" });
  });

  test.each(["create table Refs (a)", "create table ValidPaths (id integer primary key, path text)"])(
    "another schema: %s",
    async (sql) => {
      const writer = new DatabaseSync(databaseFile());
      writer.exec(sql);
      writer.close();
      await expect(open()).rejects.toMatchObject({ code: "bad-database", place: "ValidPaths" });
    },
  );

  test.each([
    [
      "a view that never ends",
      "create view ValidPaths as with recursive r as (select 1 as id, '' as path, '' as hash, '' as deriver, 1 as narSize union all select id + 1, '', '', '', 1 from r) select * from r",
    ],
    ["a virtual table", "create virtual table ValidPaths using fts5(id, path, hash, deriver, narSize)"],
    [
      "a computed column",
      "create table ValidPaths (id integer primary key, path as (hex(zeroblob(100000000))), hash, deriver, narSize)",
    ],
  ])("is refused before it runs: %s", async (_, sql) => {
    const writer = createStoreDatabase(databaseFile(), "nix");
    writer.exec(`drop table ValidPaths; ${sql}`);
    writer.close();
    await expect(open()).rejects.toMatchObject({ code: "bad-database", place: "ValidPaths" });
  });

  test("a database truncated anywhere is damaged or empty, never an internal error", async () => {
    writeGeneratedStore(join(directory, "whole"), { seed: 3, pathCount: 300, referenceCount: 3000, flavour: "nix" });
    const { size } = statSync(join(directory, "whole"));
    for (let cut = 1; cut <= 8; cut++) {
      copyFileSync(join(directory, "whole"), databaseFile());
      truncateSync(databaseFile(), Math.floor((size * cut) / 9));
      makeOld();
      await expect(open()).rejects.toMatchObject({ name: "InputError", code: "bad-database" });
    }
  });

  test("a database with corrupted bytes gives rows or InputError", async () => {
    writeGeneratedStore(join(directory, "whole"), { seed: 3, pathCount: 100, referenceCount: 800, flavour: "guix" });
    const whole = readFileSync(join(directory, "whole"));
    for (let i = 0; i < 40; i++) {
      const damaged = Buffer.from(whole);
      for (let at = 100 + i; at < damaged.length; at += 97 + i) damaged[at]! ^= 0xff;
      writeFileSync(databaseFile(), damaged);
      makeOld();
      const outcome = await open().catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(InputError);
      else expect(outcome).toHaveProperty("tables");
    }
  });

  test("a rollback journal in use is waited for, then reported", { timeout: 20_000 }, async () => {
    writeGeneratedStore(databaseFile(), { seed: 1, pathCount: 9, referenceCount: 9, flavour: "nix" });
    writeFileSync(`${databaseFile()}-journal`, Buffer.from("d9d505f920a163d7", "hex"));
    await expect(open()).rejects.toThrow(/another process is writing it/);
    // A finished transaction in journal mode `persist` leaves a header of zeros.
    writeFileSync(`${databaseFile()}-journal`, Buffer.alloc(512));
    expect((await open()).tables.paths).toHaveLength(9);
  });

  test("a named pipe is refused, not waited for", async () => {
    execFileSync("mkfifo", [databaseFile()]);
    await expect(open()).rejects.toMatchObject({ code: "bad-database" });
  });
});

describe("hostile rows", () => {
  const hash = "sha256:00";

  function writeRows(...rows: [path: unknown, hash: unknown, deriver: unknown, narSize: unknown][]): void {
    const writer = createStoreDatabase(databaseFile(), "nix");
    // The stores' schema refuses NULL and repeats; a hostile database leaves that out.
    writer.exec(
      "drop table ValidPaths; create table ValidPaths (id integer primary key, path, hash, deriver, narSize integer)",
    );
    const insert = writer.prepare("insert into ValidPaths (path, hash, deriver, narSize) values (?, ?, ?, ?)");
    for (const row of rows) insert.run(...row.map((value) => value as string | number | bigint | null | Uint8Array));
    writer.close();
  }

  test.each([
    ["outside the store", "/etc/passwd"],
    ["in another store", testStorePath(3, "x", "/gnu/store")],
    ["a path inside a store path", `${B}/bin/sh`],
    ["a million characters long", `/nix/store/${"x".repeat(1_000_000)}`],
    ["bytes", Buffer.from(B)],
    ["a number", 7],
    ["nothing", null],
    ["there twice", A],
    ["with a NUL", `${B}\0x`],
    ["text that is not UTF-8's", `${B}\udcff`],
  ])("a path %s is left out and counted", async (_, path) => {
    writeRows([A, hash, null, 1], [path, hash, null, 1]);
    const { tables } = await open();
    expect(tables.paths).toEqual([A]);
    expect(tables.faults).toMatchObject([{ kind: "bad-path", rowCount: 1 }]);
  });

  test.each([
    ["unknown, as in an older Guix", null, "unknown-size"],
    ["negative", -1, "bad-size"],
    ["a fraction", 1.5, "bad-size"],
    ["text", "a lot", "bad-size"],
    ["beyond every exact number", 2n ** 62n, "bad-size"],
  ])("a NAR size %s counts as 0 and is counted", async (_, narSize, kind) => {
    writeRows([A, hash, null, narSize]);
    const { tables } = await open();
    expect([...tables.narSizes]).toEqual([0]);
    expect(tables.faults).toEqual([{ kind, rowCount: 1, example: A }]);
  });

  test("hash and deriver of a wrong type count as missing", async () => {
    writeRows([A, Buffer.from("x"), 5, 1], [B, "h".repeat(10_000), `/nix/store/${"x".repeat(10_000)}`, 1]);
    const { tables } = await open();
    expect([tables.narHashes, tables.derivers]).toEqual([
      ["", ""],
      ["", ""],
    ]);
    expect(tables.faults).toMatchObject([{ kind: "bad-hash", rowCount: 2 }]);
  });

  test("references to nothing are left out, repeats counted once", async () => {
    const writer = writeUncheckpointed();
    writer.exec("drop table Refs; create table Refs (referrer, reference)");
    writer.exec(
      "insert into Refs values (1, 2), (1, 2), (1, 99), (null, 1), ('1', 2), (x'01', 1), (9223372036854775807, 1), (1.5, 1)",
    );
    writer.close();
    const { tables } = await open();
    expect(referencesOf(tables)).toEqual([`${B} ${A}`]);
    expect(tables.faults).toMatchObject([{ kind: "unknown-reference" }]);
  });

  test("a row id beyond safe integers is left out", async () => {
    const writer = createStoreDatabase(databaseFile(), "nix");
    writer.exec(
      `insert into ValidPaths (id, path, hash, registrationTime) values (9007199254740993, '${A}', 'sha256:00', 1)`,
    );
    writer.close();
    expect((await open()).tables).toMatchObject({ paths: [], faults: [{ kind: "bad-path", rowCount: 1 }] });
  });
});

describe("limits", () => {
  const limits = { pathCount: 10, referenceCount: 20, textBytes: 2000 };
  const read = (options?: { limits: typeof limits }) =>
    readSettledDatabase(databaseFile(), (pages) => readTables(pages, "/nix/store", options));

  test.each([
    ["ValidPaths", { pathCount: 11, referenceCount: 0 }],
    ["Refs", { pathCount: 10, referenceCount: 60 }],
  ])("more rows of %s than the limit are refused", async (table, counts) => {
    writeGeneratedStore(databaseFile(), { seed: 1, flavour: "nix", ...counts });
    expect((await read()).paths).toHaveLength(counts.pathCount);
    await expect(read({ limits })).rejects.toMatchObject({ code: "limit-exceeded", place: table });
  });

  test("more text than the limit is refused", async () => {
    writeGeneratedStore(databaseFile(), { seed: 1, flavour: "nix", pathCount: 10, referenceCount: 0 });
    await expect(read({ limits: { ...limits, textBytes: 500 } })).rejects.toMatchObject({
      code: "limit-exceeded",
      message: "more than 500 bytes of text",
    });
  });

  test.each([
    ["a database", "db.sqlite", MAX_DATABASE_BYTES],
    ["a log", "db.sqlite-wal", MAX_LOG_BYTES],
  ])("%s larger than the limit is refused", async (_, name, limit) => {
    writeGeneratedStore(databaseFile(), { seed: 1, flavour: "nix", pathCount: 1, referenceCount: 0 });
    writeFileSync(join(directory, name), "", { flag: "a" });
    truncateSync(join(directory, name), limit + 1);
    await expect(open()).rejects.toMatchObject({ code: "limit-exceeded", place: name });
  });

  test("its signal stops a reading", async () => {
    writeGeneratedStore(databaseFile(), { seed: 1, flavour: "nix", pathCount: 2000, referenceCount: 60_000 });
    const signal = AbortSignal.abort();
    await expect(openStore({ rootDir: directory, flavour: "nix", signal })).rejects.toThrow("aborted");
  });
});

describe("a store in use", () => {
  // Each transaction adds a path that refers to itself: every committed state has as many references as paths.
  const WRITER = `
    import { DatabaseSync } from "node:sqlite";
    const db = new DatabaseSync(process.argv[1]);
    db.exec("pragma wal_autocheckpoint = 30");
    const path = db.prepare("insert into ValidPaths (path, hash, registrationTime, narSize) values (?, 'sha256:00', 1, 1)");
    const ref = db.prepare("insert into Refs values (?, ?)");
    let n = 0;
    setInterval(() => {
      db.exec("begin immediate");
      for (let i = 0; i < 20; i++) {
        const { lastInsertRowid: id } = path.run("/nix/store/" + String(n++).padStart(32, "0") + "-x");
        ref.run(id, id);
      }
      db.exec("commit");
      if (n === 20) process.stdout.write("begun");
    }, 15);`;

  async function startWriter(): Promise<ChildProcess> {
    createStoreDatabase(databaseFile(), "nix").close();
    const writer = spawn(process.execPath, ["--input-type=module", "-e", WRITER, databaseFile()], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(writer.stdout!, "data");
    return writer;
  }

  test("is read in a committed state, each time a later one, while another process writes and checkpoints", {
    timeout: 60_000,
  }, async () => {
    const writer = await startWriter();
    const counts: number[] = [];
    for (let i = 0; i < 12; i++) {
      const { tables } = await open();
      expect(tables.referrers).toHaveLength(tables.paths.length);
      expect(tables.paths.length % 20).toBe(0);
      counts.push(tables.paths.length);
    }
    writer.kill();
    await once(writer, "exit");
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBeGreaterThan(counts[0]!);
  });

  test("is read from the log of a killed writer", async () => {
    const writer = await startWriter();
    writer.kill("SIGKILL");
    await once(writer, "exit");
    const { tables } = await open();
    expect(tables.paths.length).toBeGreaterThan(0);
    expect(tables.referrers).toHaveLength(tables.paths.length);
  });
});

const nobody = { uid: 65534, gid: 65534 };
const module = fileURLToPath(new URL("./open-store.ts", import.meta.url));
const LOOK = `require("node:fs").accessSync(process.argv[1])`;
const isOpenToNobody =
  process.getuid?.() === 0 && spawnSync(process.execPath, ["-e", LOOK, module], nobody).status === 0;
describe.skipIf(!isOpenToNobody)("as a user without rights (needs root, and a checkout that others may read)", () => {
  const OPEN = `
    const { openStore } = await import(process.argv[1]);
    const outcome = await openStore({ rootDir: process.argv[2], flavour: "nix" }).then((s) => String(s.tables.paths.length), String);
    process.stdout.write(outcome);`;
  const runAsNobody = (script: string) => {
    const argv = ["--input-type=module", "-e", script, module, directory];
    return execFileSync(process.execPath, argv, nobody).toString();
  };
  const openAsNobody = () => runAsNobody(OPEN);

  test("a log in a read-only directory is read", () => {
    const writer = writeUncheckpointed();
    chmodSync(directory, 0o555);
    chmodSync(databaseFile(), 0o444);
    chmodSync(`${databaseFile()}-wal`, 0o444);
    rmSync(`${databaseFile()}-shm`);
    expect(openAsNobody()).toBe("2");
    chmodSync(directory, 0o700);
    writer.close();
  });

  test("unreadable roots are named", () => {
    const state = join(directory, "nix/var/nix");
    mkdirSync(join(state, "db"), { recursive: true });
    mkdirSync(join(state, "gcroots/auto"), { recursive: true });
    mkdirSync(join(directory, "home"));
    symlinkSync(A, join(state, "gcroots/mine"));
    symlinkSync("/home/result", join(state, "gcroots/theirs"));
    writeGeneratedStore(join(state, "db/db.sqlite"), { seed: 1, pathCount: 9, referenceCount: 9, flavour: "nix" });
    chmodSync(directory, 0o755);
    for (const hidden of [join(directory, "home"), join(state, "gcroots/auto")]) chmodSync(hidden, 0o700);
    const GC_ROOTS = OPEN.replace("String(s.tables.paths.length)", "JSON.stringify(s.gcRoots)");
    expect(JSON.parse(runAsNobody(GC_ROOTS))).toEqual({
      roots: [{ link: "/nix/var/nix/gcroots/mine", storePath: A }],
      unreadable: ["/nix/var/nix/gcroots/auto", "/nix/var/nix/gcroots/theirs"],
    });
  });

  test("an unreadable database gives one line that says so", () => {
    writeUncheckpointed().close();
    chmodSync(directory, 0o755);
    chmodSync(databaseFile(), 0o600);
    expect(openAsNobody()).toMatch(/^UnreachableError: .*db\.sqlite: cannot be read \(EACCES\)/);
    chmodSync(directory, 0o000);
    expect(openAsNobody()).toMatch(/^UnreachableError: .*\(EACCES\)/);
    chmodSync(directory, 0o700);
  });
});

const drvStore = sharedData("nix/nixpkgs-15.09-drv/db.sqlite.zst");
describe.skipIf(drvStore === undefined)("a store of 2015 with 4,980 derivations", () => {
  test("has the counts its README gives", async () => {
    writeFileSync(databaseFile(), zstdDecompressSync(readFileSync(drvStore!)));
    const { tables } = await open();
    expect([tables.paths.length, tables.referrers.length, tables.faults]).toEqual([4980, 32517, []]);
  });
});
