import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { type Database, openDatabase } from "#lib/db/server/database.ts";
import { tryExclusive } from "#lib/db/server/lock.ts";
import { signalUntilGone } from "#lib/db/server/postmaster.ts";

/**
 * Tests use a real Postgres. One embedded server runs for all of them, in a separate data directory; each test file gets its own
 * database, copied from one with up-to-date tables.
 */
const SERVER_URL = "STRATIGRAPH_TEST_DATABASE_URL";
const TEMPLATE = "template_migrated";
const PREFIX = "stratigraph-vitest-";
/** A younger folder may belong to a run that is just starting its server. */
const ABANDONED_AFTER = 120_000;
const STOP_PATIENCE = 10_000;

/** vitest's globalSetup, for each project: the first starts the server for all, and gets the function that stops it. */
export default async function setup(_project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env[SERVER_URL] !== undefined) return undefined;
  await removeAbandoned();
  const home = mkdtempSync(join(tmpdir(), PREFIX));
  const server = await openDatabase({ ...process.env, DATABASE_URL: undefined, STRATIGRAPH_DATA: home });
  await server.pool.end();
  await makeTemplate(server.url);
  process.env[SERVER_URL] = server.url;
  return async () => {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  };
}

/** A killed run leaves its server behind, unused. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const home = join(tmpdir(), name);
    if (Date.now() - statSync(home).mtimeMs < ABANDONED_AFTER || !existsSync(join(home, "database.users"))) continue;
    const alone = tryExclusive(join(home, "database.users"));
    if (alone === undefined) continue;
    await signalUntilGone(join(home, "postgres"), "SIGQUIT", STOP_PATIENCE);
    alone.release();
    rmSync(home, { recursive: true, force: true });
  }
}

/** A fresh database with all tables and no rows; `close` drops it. */
export async function openTestDatabase(): Promise<Database> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY file_copy`));
  const database = await openDatabase({ ...process.env, DATABASE_URL: testUrl(name) });
  const close = async () => {
    await database.close();
    await administer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  return { ...database, close };
}

/** The URL of a fresh, completely empty database; it is removed with the server. */
export async function createEmptyDatabase(): Promise<string> {
  const name = `empty_${randomUUID().replaceAll("-", "")}`;
  await administer((client) => client.query(`CREATE DATABASE ${name}`));
  return testUrl(name);
}

function testUrl(database: string): string {
  const server = process.env[SERVER_URL];
  if (server === undefined)
    throw new Error("no test server: run this test through vitest, whose global setup starts it");
  return server.replace(/\/[^/]*$/, `/${database}`);
}

/**
 * The database that is copied must have no client: the template is created under a separate name and never connected to again.
 * Nothing in this server must survive a crash of the machine, and most of the time of copying a database is waiting for the disk.
 */
async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, "/postgres") });
  await client.connect();
  await client.query("ALTER SYSTEM SET fsync = off");
  await client.query("SELECT pg_reload_conf()");
  await client.query(`CREATE DATABASE ${TEMPLATE} TEMPLATE ${url.replace(/^.*\//, "")}`);
  await client.end();
}

async function administer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: testUrl("postgres") });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
