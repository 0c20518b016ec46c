import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DataHome, makeDataHome } from "#testing/run/data-home.ts";
import { createEmptyDatabase, openTestDatabase } from "#testing/run/database.ts";
import { runCli } from "#testing/run/run-cli.ts";
import type { Environment } from "./data-directory.ts";
import { openDatabase } from "./database.ts";
import { checkInstallation } from "./doctor.ts";

let home: DataHome;

beforeEach(() => {
  home = makeDataHome();
});

afterEach(() => home.remove());

/** Every file and folder under `path` with its mode, owner, size and modification time. */
function picture(path: string): string[] {
  const names = ["", ...readdirSync(path, { recursive: true, encoding: "utf8" }).sort()];
  return names.map((name) => {
    const { mode, uid, size, mtimeMs } = lstatSync(join(path, name));
    return `${name} ${mode} ${uid} ${size} ${mtimeMs}`;
  });
}

/** The findings about the database and its tables. */
async function databaseFindings(environment: Environment = home.environment) {
  const findings = await checkInstallation(environment);
  return findings.filter(({ check }) => check === "database" || check === "tables");
}

async function makeDatabase(): Promise<void> {
  await (await openDatabase(home.environment)).close();
}

describe("doctor creates, starts and changes nothing", () => {
  const run = (environment: NodeJS.ProcessEnv) => runCli(["doctor"], { databaseUrl: "", environment });

  it("without a data directory", async () => {
    const before = picture(dirname(home.path));
    const { status, stdout, stderr } = await run(home.environment);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^ok +database +not created yet: the next command creates one \(Postgres 18\.\d/m);
    expect(stdout).not.toMatch(/^wrong/m);
    expect(picture(dirname(home.path))).toEqual(before);
  });

  it("with a database that does not run", async () => {
    await makeDatabase();
    const before = picture(home.path);
    expect(await run(home.environment)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^ok +database +not running: the next command starts it/m),
    });
    expect([home.postmaster(), picture(home.path)]).toEqual([undefined, before]);
  });

  it.runIf(process.getuid?.() === 0)("as root without HOME, also in the system's folders", async () => {
    const kept = ["/root/.local/share", "/var/lib"].filter((folder) => existsSync(folder));
    const before = kept.map((folder) => readdirSync(folder));
    const environment = { ...process.env, HOME: undefined, XDG_DATA_HOME: undefined, STRATIGRAPH_DATA: undefined };
    expect(await run(environment)).toMatchObject({ stderr: "" });
    expect(kept.map((folder) => readdirSync(folder))).toEqual(before);
  });
});

describe("doctor", () => {
  it("checks every part of an installation", async () => {
    const findings = await checkInstallation(home.environment);
    expect(findings.map(({ check }) => check)).toEqual([
      "Node",
      "which database",
      "data directory",
      "free space",
      "database",
    ]);
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  });

  it("queries a running database", async () => {
    const database = await openDatabase(home.environment);
    const findings = await databaseFindings();
    await database.close();
    expect(findings).toEqual([
      {
        check: "database",
        ok: true,
        detail: expect.stringMatching(/^Postgres 18\.\d+, .* other connections$/),
        remedy: "",
      },
      { check: "tables", ok: true, detail: "up to date", remedy: "" },
    ]);
  });

  it("names the pending migrations of an external server, and does not apply them", async () => {
    const DATABASE_URL = await createEmptyDatabase();
    for (const _ of ["first", "second"]) {
      const findings = await databaseFindings({ DATABASE_URL });
      expect(findings[1]?.detail).toMatch(/^the next command brings them up to date: \d+_init, /);
    }
  });

  it("recognises a database of a newer version", async () => {
    const test = await openTestDatabase();
    await test.pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '2999_later', now())`,
    );
    const findings = await databaseFindings({ DATABASE_URL: test.url });
    await test.close();
    expect(findings).toEqual([
      expect.objectContaining({ ok: false, detail: expect.stringContaining("is newer than") }),
    ]);
  });

  it("names a server that does not answer, without its password", async () => {
    const findings = await checkInstallation({ DATABASE_URL: "postgresql://someone:secret@127.0.0.1:1/nowhere" });
    const wrong = findings.filter(({ ok }) => !ok);
    expect(wrong).toHaveLength(1);
    expect(wrong[0]!.detail).toMatch(/127\.0\.0\.1:1\/nowhere does not answer/);
    expect(JSON.stringify(findings)).not.toContain("secret");
  });
});

describe("doctor recognises, without starting it, a database", () => {
  const made = makeDataHome();
  const aside = `${made.path}.aside`;
  const moveAside = (path: string) => renameSync(path, aside);
  const version = join(made.postgres, "PG_VERSION");

  beforeAll(async () => (await openDatabase(made.environment)).close());
  afterAll(() => made.remove());

  it.each([
    ["that lost PG_VERSION", version, /PG_VERSION is missing/],
    ["that lost its tables", join(made.postgres, "base"), /damaged \(base is missing\)/],
    ["that lost its log", join(made.postgres, "pg_wal"), /damaged \(pg_wal is missing\)/],
  ])("%s", async (_name, path, says) => {
    moveAside(path);
    const { status, stdout } = await runCli(["doctor"], { databaseUrl: "", environment: made.environment });
    renameSync(aside, path);
    expect([status, stdout, made.postmaster()]).toEqual([1, expect.stringMatching(says), undefined]);
  });

  it("of another version", async () => {
    moveAside(version);
    writeFileSync(version, "12\n");
    const [found] = await databaseFindings(made.environment);
    renameSync(aside, version);
    expect(found).toMatchObject({ ok: false, detail: expect.stringContaining("was made by Postgres 12, but this is") });
  });

  it("that has moved", async () => {
    moveAside(made.postgres);
    symlinkSync(join(made.path, "unmounted", "postgres"), made.postgres);
    const [found] = await databaseFindings(made.environment);
    rmSync(made.postgres);
    renameSync(aside, made.postgres);
    expect(found).toMatchObject({ ok: false, detail: expect.stringMatching(/leads to .* which does not exist/) });
  });

  it("that was replaced by unrelated files", async () => {
    mkdirSync(home.postgres, { recursive: true });
    writeFileSync(join(home.postgres, "notes.txt"), "mine");
    const [found] = await databaseFindings();
    expect(found).toMatchObject({
      ok: false,
      detail: expect.stringContaining("not a complete Postgres data directory"),
    });
  });
});
