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

describe("a data directory that is not whole", () => {
  it("is refused without PG_VERSION and not emptied; complete again, it holds what it held", async () => {
    await makeDatabase();
    const version = join(home.postgres, "PG_VERSION");
    renameSync(version, join(home.path, "PG_VERSION"));
    const before = readdirSync(home.postgres, { recursive: true }).length;
    expectRefusal(await list(), /postgres holds files .*PG_VERSION is missing.*restore all of it, or move it away/);
    expect(readdirSync(home.postgres, { recursive: true })).toHaveLength(before);
    renameSync(join(home.path, "PG_VERSION"), version);
    expect(await readKept()).toEqual([{ one: 1 }]);
  });

  it("is refused where the folder is somebody else's, which keeps its files", async () => {
    mkdirSync(home.postgres, { recursive: true });
    writeFileSync(join(home.postgres, "notes.txt"), "mine");
    expectRefusal(await list(), /not a complete Postgres data directory/);
    expect(readFileSync(join(home.postgres, "notes.txt"), "utf8")).toBe("mine");
  });

  it("is refused where a link leads to a folder that is gone", async () => {
    mkdirSync(home.path);
    symlinkSync(join(home.path, "unmounted", "postgres"), home.postgres);
    expectRefusal(await list(), /leads to .*unmounted\/postgres, which is not there/);
    expect(existsSync(join(home.path, "unmounted"))).toBe(false);
  });

  it("is made where the folder is empty", async () => {
    mkdirSync(home.postgres, { recursive: true });
    expect(await list()).toMatchObject({ status: 0 });
  });
});

describe("a damaged data directory", () => {
  it.each(["base", "pg_wal", "global"])("without %s ends in one line, and no server stays", async (folder) => {
    await makeDatabase();
    rmSync(join(home.postgres, folder), { recursive: true });
    expectRefusal(await list(), /Postgres does not start|the database's files .*are damaged/);
  });

  it("with overwritten pages ends in one line, and no server stays", async () => {
    await makeDatabase();
    for (const file of databaseFiles()) writeFileSync(file, Buffer.alloc(readFileSync(file).length, 0xa5));
    expectRefusal(await list(), /the database's files .*are damaged/);
  });
});

/** The files of our database's tables and catalogues; the highest number is the database made last. */
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

describe("what stands beside the database", () => {
  it("is refused where `run` is a link that leads nowhere", async () => {
    mkdirSync(home.path);
    symlinkSync(join(home.path, "nowhere"), join(home.path, "run"));
    expectRefusal(await list(), /run is not a folder/);
  });

  it("keeps its files where `run` was somebody's folder before", async () => {
    mkdirSync(join(home.path, "run"), { recursive: true });
    writeFileSync(join(home.path, "run", "mine.pid"), "1");
    expectRefusal(await list(), /run holds files that are not the database's/);
    expect(existsSync(join(home.path, "run", "mine.pid"))).toBe(true);
  });

  it.each(["database.users", "database.lock"])("is refused where %s is no lock file", async (name) => {
    mkdirSync(home.path);
    writeFileSync(join(home.path, name), "garbage ".repeat(1000));
    expectRefusal(await list(), /the lock file .* cannot be used \(file is not a database\)/);
  });
});
