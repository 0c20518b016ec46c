import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate, readMigrations } from "#lib/db/migrate.ts";
import { openEmbeddedServer } from "#lib/db/server/embedded.ts";
import { diffToSchema } from "./schema-engine.ts";

/**
 * `npm run migrate:diff -- NAME` writes prisma/migrations/TIME_NAME/migration.sql: the difference between the existing migrations
 * and schema.prisma. An existing migration is never rewritten: databases have already applied it.
 */
const MIGRATIONS = join(import.meta.dirname, "..", "prisma", "migrations");
const SCHEMA = join(import.meta.dirname, "..", "prisma", "schema.prisma");

const [name] = process.argv.slice(2);
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error("usage: npm run migrate:diff -- NAME   (small letters, digits and _)");
  process.exit(2);
}
console.log(await writeMigration(name));

async function writeMigration(name: string): Promise<string> {
  const sql = await withScratchDatabase(async (pool, config) => {
    await migrate(pool, readMigrations(MIGRATIONS));
    return diffToSchema(config, SCHEMA);
  });
  if (sql === "") return "schema.prisma and the migrations agree: nothing to write";
  const folder = join(MIGRATIONS, `${timestamp()}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "migration.sql"), `${sql.trimEnd()}\n`);
  return join(folder, "migration.sql");
}

async function withScratchDatabase<T>(work: (pool: pg.Pool, config: pg.PoolConfig) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), "stratigraph-diff-"));
  const server = await openEmbeddedServer(home);
  const config = { host: server.socketDirectory, port: 5432, user: "stratigraph", database: "stratigraph" };
  const pool = new pg.Pool(config);
  try {
    return await work(pool, config);
  } finally {
    await pool.end();
    await server.release();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Prisma's timestamp: yyyymmddhhmmss, UTC. */
function timestamp(): string {
  return new Date().toISOString().replace(/\D/g, "").slice(0, 14);
}
