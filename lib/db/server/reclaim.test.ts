import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { type DataHome, makeDataHome } from "#testing/run/data-home.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { openDatabase } from "./database.ts";

const ROUNDS = 6;
const FILES = 4000;
/** Allowance for half-full pages and for catalogues that settle. */
const MAX_GROWTH = 1.15;

let home: DataHome;

beforeEach(() => {
  home = makeDataHome();
});

afterEach(() => home.remove());

const image = buildDockerArchive([
  buildTar(Array.from({ length: FILES }, (_, i) => ({ path: `usr/share/doc/package-${i}/copyright`, body: `${i}` }))),
]);

async function run(args: string[], input?: Uint8Array[]): Promise<void> {
  const { status, stderr } = await runCli(args, { databaseUrl: "", environment: home.environment, input });
  expect([status, stderr]).toEqual([0, expect.any(String)]);
}

async function scanAndForget(): Promise<void> {
  await run(["scan", "docker-archive:-"], [image]);
  await run(["rm", "test:latest"]);
}

async function databaseBytes(): Promise<number> {
  const database = await openDatabase(home.environment);
  const { rows } = await database.pool.query<{ bytes: string }>("SELECT pg_database_size(current_database()) AS bytes");
  await database.close();
  return Number(rows[0]!.bytes);
}

describe("the space of removed artifacts", () => {
  it("is reused: scanning and removing an image six times leaves a database as large as once", async () => {
    await scanAndForget();
    const once = await databaseBytes();
    for (let round = 1; round < ROUNDS; round++) await scanAndForget();
    expect((await databaseBytes()) / once).toBeLessThan(MAX_GROWTH);
  });

  it("is reused after the server was killed and lost its statistics", async () => {
    await run(["scan", "docker-archive:-"], [image]);
    await run(["list"]);
    const full = await databaseBytes();
    const database = await openDatabase(home.environment);
    await database.pool.query("DELETE FROM layer_entry");
    process.kill(home.postmaster()!, "SIGKILL");
    await database.close();
    await run(["list"]);
    expect(await databaseBytes()).toBeLessThan(full);
  });
});
