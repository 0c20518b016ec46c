import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DataHome, makeDataHome } from "#testing/run/data-home.ts";
import { type CliRun, runCli } from "#testing/run/run-cli.ts";
import { openDatabase } from "./database.ts";

let home: DataHome;

beforeEach(() => {
  home = makeDataHome();
});

afterEach(() => home.remove());

function list(): Promise<CliRun> {
  return runCli(["list"], { databaseUrl: "", environment: home.environment });
}

/** One line on standard error, exit 4, nothing on standard output, and no server left running. */
function expectRefusal(run: CliRun, line: RegExp): void {
  expect(run.stderr).toMatch(line);
  expect(run.stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(run).toMatchObject({ status: 4, stdout: "" });
  expect(home.postmaster()).toBeUndefined();
}

async function makeDatabase(): Promise<void> {
  const database = await openDatabase(home.environment);
  await database.pool.query("CREATE TABLE kept AS SELECT 1 AS one");
  await database.close();
}

async function readKept(): Promise<unknown[]> {
  const database = await openDatabase(home.environment);
  const { rows } = await database.pool.query("SELECT one FROM kept");
  await database.close();
  return rows;
}

describe("an incomplete data directory", () => {
  it("is refused without PG_VERSION and not emptied; once complete again, it has all its rows", async () => {
    await makeDatabase();
    const version = join(home.postgres, "PG_VERSION");
    renameSync(version, join(home.path, "PG_VERSION"));
    const before = readdirSync(home.postgres, { recursive: true }).length;
    expectRefusal(await list(), /postgres has files .*PG_VERSION is missing.*restore all of it, or move it away/);
    expect(readdirSync(home.postgres, { recursive: true })).toHaveLength(before);
    renameSync(join(home.path, "PG_VERSION"), version);
    expect(await readKept()).toEqual([{ one: 1 }]);
  });

  it("is refused if the folder belongs to another program, whose files are kept", async () => {
    mkdirSync(home.postgres, { recursive: true });
    writeFileSync(join(home.postgres, "notes.txt"), "mine");
    expectRefusal(await list(), /not a complete Postgres data directory/);
    expect(readFileSync(join(home.postgres, "notes.txt"), "utf8")).toBe("mine");
  });

  it("is refused if a link leads to a missing folder", async () => {
    mkdirSync(home.path);
    symlinkSync(join(home.path, "unmounted", "postgres"), home.postgres);
    expectRefusal(await list(), /leads to .*unmounted\/postgres, which does not exist/);
    expect(existsSync(join(home.path, "unmounted"))).toBe(false);
  });

  it("is created in an empty folder", async () => {
    mkdirSync(home.postgres, { recursive: true });
    expect(await list()).toMatchObject({ status: 0 });
  });
});

describe("a damaged data directory", () => {
  it.each(["base", "pg_wal", "global"])("without %s ends in one line, and leaves no server running", async (folder) => {
    await makeDatabase();
    rmSync(join(home.postgres, folder), { recursive: true });
    expectRefusal(await list(), /Postgres does not start|the database's files .*are damaged/);
  });

  it("with overwritten pages ends in one line, and leaves no server running", async () => {
    await makeDatabase();
    for (const file of databaseFiles()) writeFileSync(file, Buffer.alloc(readFileSync(file).length, 0xa5));
    expectRefusal(await list(), /the database's files .*are damaged/);
  });
});

/** The files of our database's tables and catalogues; the highest number is the newest database. */
function databaseFiles(): string[] {
  const base = join(home.postgres, "base");
  const newest = readdirSync(base)
    .map(Number)
    .sort((a, b) => b - a)[0];
  const folder = join(base, String(newest));
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => join(folder, name));
}

describe("files beside the database", () => {
  it("are refused if `run` is a link that leads nowhere", async () => {
    mkdirSync(home.path);
    symlinkSync(join(home.path, "nowhere"), join(home.path, "run"));
    expectRefusal(await list(), /run is not a folder/);
  });

  it("are kept if `run` was a folder of another program before", async () => {
    mkdirSync(join(home.path, "run"), { recursive: true });
    writeFileSync(join(home.path, "run", "mine.pid"), "1");
    expectRefusal(await list(), /run has files that are not the database's/);
    expect(existsSync(join(home.path, "run", "mine.pid"))).toBe(true);
  });

  it.each(["database.users", "database.lock"])("are refused if %s is not a lock file", async (name) => {
    mkdirSync(home.path);
    writeFileSync(join(home.path, name), "garbage ".repeat(1000));
    expectRefusal(await list(), /the lock file .* cannot be used \(file is not a database\)/);
  });
});
