import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UnreachableError } from "#lib/model/problem.ts";
import { runsAsRoot } from "./account.ts";
import type { Environment } from "./data-directory.ts";
import { openDatabase } from "./database.ts";
import { findPostmaster } from "./postmaster.ts";

const USER_PROGRAM = join(import.meta.dirname, "../../../testing/run/database-user.ts");

let root: string;
let home: string;
const programs: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
  // mkdtemp creates it with mode 0700, which is a separate case below.
  chmodSync(root, 0o755);
  home = join(root, "data");
});

afterEach(async () => {
  for (const program of programs.splice(0)) await end(program);
  const postmaster = postmasterPid();
  if (postmaster !== undefined) process.kill(postmaster, "SIGKILL");
  if (existsSync(join(home, "postgres"))) removeRelocated();
  rmSync(root, { recursive: true, force: true });
});

function removeRelocated(): void {
  const base = dirname(clusterPath());
  if (base !== realpathSync(home)) rmSync(base, { recursive: true, force: true });
}

function clusterPath(): string {
  return realpathSync(join(home, "postgres"));
}

function postmasterPid(): number | undefined {
  return existsSync(join(home, "postgres")) ? findPostmaster(clusterPath()) : undefined;
}

function environment(): Environment {
  return { ...process.env, DATABASE_URL: undefined, STRATIGRAPH_DATA: home };
}

/** Starts a program that uses the database, and waits until it is open. */
async function startUser(...options: string[]): Promise<ChildProcess> {
  const program = spawn(process.execPath, [USER_PROGRAM, ...options], {
    env: { ...process.env, ...environment() },
    stdio: ["pipe", "pipe", "inherit"],
  });
  programs.push(program);
  const [line] = await once(program.stdout!, "data");
  expect(String(line)).toContain("open ");
  return program;
}

async function end(program: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  if (signal) program.kill(signal);
  else program.stdin?.end();
  await once(program, "exit");
}

async function waitUntilStopped(): Promise<void> {
  while (postmasterPid() !== undefined) await sleep(10);
}

describe("the embedded database", () => {
  it("is created, started, used and stopped", async () => {
    const database = await openDatabase(environment());
    const { rows } = await database.pool.query("SELECT count(*)::int AS count FROM artifact");
    expect(rows).toEqual([{ count: 0 }]);
    await database.close();
    expect(postmasterPid()).toBeUndefined();
  });

  it("keeps its rows from one start to the next", async () => {
    const first = await openDatabase(environment());
    await first.pool.query("CREATE TABLE kept AS SELECT 1 AS one");
    await first.close();
    const second = await openDatabase(environment());
    expect((await second.pool.query("SELECT one FROM kept")).rows).toEqual([{ one: 1 }]);
    await second.close();
  });

  it("sorts by code point, whatever the system locale", async () => {
    const database = await openDatabase(environment());
    const { rows } = await database.pool.query("SELECT t FROM unnest(ARRAY['b', 'B', 'a', 'é']) t ORDER BY t");
    expect(rows.map((row) => row.t)).toEqual(["B", "a", "b", "é"]);
    await database.close();
  });

  it("can be closed twice, and opened twice in one program", async () => {
    const first = await openDatabase(environment());
    const second = await openDatabase(environment());
    await Promise.all([first.close(), first.close()]);
    expect((await second.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await second.close();
    expect(postmasterPid()).toBeUndefined();
  });
});

describe("programs that share the database", () => {
  it("start it once when they start together, and the last stops it", async () => {
    const [first, second, third] = await Promise.all([startUser(), startUser(), startUser()]);
    const postmaster = postmasterPid();
    expect(postmaster).toBeDefined();
    await end(first);
    await end(second);
    expect(postmasterPid()).toBe(postmaster);
    await end(third);
    expect(postmasterPid()).toBeUndefined();
  });

  it("do not stop it for one that has opened it twice", async () => {
    const first = await openDatabase(environment());
    const second = await openDatabase(environment());
    await end(await startUser());
    expect((await first.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await first.close();
    await end(await startUser());
    expect((await second.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await second.close();
  });

  it("are not disturbed when the one that started it is killed", async () => {
    const starter = await startUser();
    const other = await startUser();
    await end(starter, "SIGKILL");
    const database = await openDatabase(environment());
    expect((await database.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await database.close();
    await end(other);
    expect(postmasterPid()).toBeUndefined();
  });

  it("leave it running when the last is killed, and the next joins and stops it", async () => {
    await end(await startUser(), "SIGKILL");
    expect(postmasterPid()).toBeDefined();
    await (await openDatabase(environment())).close();
    expect(postmasterPid()).toBeUndefined();
  });

  it("stop it even when they exit without closing", async () => {
    await end(await startUser("--exit-without-closing"));
    await waitUntilStopped();
    expect(existsSync(join(clusterPath(), "postmaster.pid"))).toBe(false);
  });
});

describe("after a crash of Postgres", () => {
  it("starts again although postmaster.pid is stale and says ready", async () => {
    const user = await startUser();
    process.kill(postmasterPid()!, "SIGKILL");
    await end(user, "SIGKILL");
    expect(readFileSync(join(clusterPath(), "postmaster.pid"), "utf8")).toContain("ready");
    const database = await openDatabase(environment());
    expect((await database.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  it("starts although the process id in postmaster.pid now belongs to another program", async () => {
    await (await openDatabase(environment())).close();
    writeFileSync(join(clusterPath(), "postmaster.pid"), `${process.pid}\n${clusterPath()}\n1\n5432\n\n\n\nready   \n`);
    const database = await openDatabase(environment());
    expect((await database.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  it("creates a new cluster after an interrupted initdb", async () => {
    mkdirSync(join(home, "postgres.unfinished"), { recursive: true });
    writeFileSync(join(home, "postgres.unfinished", "PG_VERSION"), "18\n");
    await (await openDatabase(environment())).close();
    expect(existsSync(join(home, "postgres.unfinished"))).toBe(false);
  });
});

describe("its folder", () => {
  it("may have a path that is too long for a socket", async () => {
    home = join(root, "d".repeat(120));
    const database = await openDatabase(environment());
    expect((await database.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  it("may have a path with spaces, quotes and accents", async () => {
    home = join(root, `it's "ours" – é, -c x=y`);
    const database = await openDatabase(environment());
    expect((await database.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  it.runIf(runsAsRoot())("may be root's home with mode 0700, which Postgres' account cannot enter", async () => {
    chmodSync(root, 0o700);
    const first = await openDatabase(environment());
    await first.pool.query("CREATE TABLE kept AS SELECT 1 AS one");
    await first.close();
    const second = await openDatabase(environment());
    expect((await second.pool.query("SELECT one FROM kept")).rows).toEqual([{ one: 1 }]);
    await second.close();
    expect(clusterPath().startsWith(realpathSync(root))).toBe(false);
  });

  it("must not be of another major version", async () => {
    await (await openDatabase(environment())).close();
    writeFileSync(join(clusterPath(), "PG_VERSION"), "16\n");
    await expect(openDatabase(environment())).rejects.toThrow(
      /made by Postgres 16, but this is Postgres 18.*scan again/,
    );
  });

  it.runIf(runsAsRoot())("must not belong to another account", async () => {
    await (await openDatabase(environment())).close();
    chownSync(clusterPath(), 12345, 12345);
    await expect(openDatabase(environment())).rejects.toThrow(/belongs to uid 12345.*STRATIGRAPH_DATA/);
    chownSync(clusterPath(), 65534, 65534);
  });
});

describe("DATABASE_URL", () => {
  it("an unreachable DATABASE_URL gives one clear line without the password", async () => {
    const opening = openDatabase({ DATABASE_URL: "postgresql://someone:secret@127.0.0.1:1/nowhere" });
    await expect(opening).rejects.toThrow(UnreachableError);
    await expect(opening).rejects.toThrow(/^the database at 127\.0\.0\.1:1\/nowhere does not answer \(.*ECONNREFUSED/);
    await expect(opening).rejects.not.toThrow(/secret/);
  });
});
