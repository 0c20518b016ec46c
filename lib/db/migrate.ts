import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { errorCode } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { withPooled } from "./connections.ts";
import { projectRoot } from "./server/project.ts";

/**
 * Applies prisma/migrations and keeps the table of Prisma's own `migrate deploy`, so that either can continue where the other
 * stopped. This needs no engine and takes 0.2 s instead of 2 s.
 */

/** The lock of Prisma's schema engine ("PRISMA_ADVISORY_LOCK" in its source): both programs exclude each other. */
const ADVISORY_LOCK = 72707369;
const UNDEFINED_TABLE = "42P01";

/** Prisma's own definition, from the schema engine's `sql_migration_persistence`. */
const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Checksums of landed migrations that were edited later. A database with such an edition continues from there; a later migration
 * corrects the differences. Landed migrations are no longer edited.
 */
export const EARLIER_EDITIONS: ReadonlyMap<string, string> = new Map([
  ["20261123224322_init", "dd908194cb43ab5b689e1f8f76a765788b1159adbc0d0ff5372ce157e207e76b"],
]);

export interface Migration {
  /** The folder's name: a time stamp and words. Migrations are applied in the order of these names. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hexadecimal, as Prisma writes it. */
  readonly checksum: string;
}

interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
}

/** Brings the tables up to date and returns the names of the migrations applied, [] if there were none. */
export async function migrate(pool: pg.Pool, migrations = readMigrations()): Promise<string[]> {
  if (findPending(migrations, await loadApplied(pool)).length === 0) return [];
  return withPooled(pool, (client) => migrateLocked(client, migrations));
}

/** The names of the pending migrations. Throws an UnreachableError if another version migrated the database. */
export async function listPending(pool: pg.Pool): Promise<string[]> {
  const migrations = readMigrations();
  return findPending(migrations, await loadApplied(pool)).map(({ name }) => name);
}

/** The migrations of this version of the program, in order. */
export function readMigrations(folder = join(projectRoot(), "prisma", "migrations")): Migration[] {
  // Turbopack would bundle the folder with the pages, and the whole checkout with it.
  const names = readdirSync(/*turbopackIgnore: true*/ folder).filter((name) =>
    existsSync(join(folder, name, "migration.sql")),
  );
  return names.sort().map((name) => {
    const sql = readFileSync(/*turbopackIgnore: true*/ join(folder, name, "migration.sql"), "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

/** Checks again: another process may have applied everything while this one waited for the lock. */
async function migrateLocked(client: pg.PoolClient, migrations: readonly Migration[]): Promise<string[]> {
  // The limits of a pool or a role are for queries: a migration may rewrite tables, or wait for another process' migration.
  await client.query("SET statement_timeout = 0");
  await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
  try {
    await client.query(MIGRATIONS_TABLE);
    const pending = findPending(migrations, await loadApplied(client));
    await adoptEditions(client, migrations);
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    // On a broken connection this fails too, and the lock ended with the connection: the first failure is the one to report.
    await client.query(`SELECT pg_advisory_unlock(${ADVISORY_LOCK}); RESET statement_timeout`).catch(() => undefined);
  }
}

/** Prisma compares checksums too: record that of the edition in prisma/migrations. */
async function adoptEditions(client: pg.PoolClient, migrations: readonly Migration[]): Promise<void> {
  for (const { name, checksum } of migrations) {
    const earlier = EARLIER_EDITIONS.get(name);
    if (earlier === undefined) continue;
    await client.query("UPDATE _prisma_migrations SET checksum = $2 WHERE migration_name = $1 AND checksum = $3", [
      name,
      checksum,
      earlier,
    ]);
  }
}

/** A migration and its row are one transaction: after a failure neither exists. */
async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new Error(`migration ${migration.name} failed and was rolled back`, { cause });
  }
}

async function loadApplied(client: pg.Pool | pg.PoolClient): Promise<AppliedMigration[]> {
  try {
    const { rows } = await client.query<AppliedMigration>(
      `SELECT migration_name AS name, checksum FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    return rows;
  } catch (error) {
    if (errorCode(error) === UNDEFINED_TABLE) return [];
    throw error;
  }
}

/** The pending migrations; refuses a database that another version of the program migrated. */
function findPending(migrations: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const { name, checksum } of applied) {
    if (!known.has(name)) {
      throw new UnreachableError(
        `the database is newer than this program: it has migration ${name}; update the program, or use another database`,
      );
    }
    if (known.get(name) !== checksum && EARLIER_EDITIONS.get(name) !== checksum) {
      throw new UnreachableError(
        `migration ${name} in the database differs from this program's; use the program that made the database, or another database`,
      );
    }
  }
  const done = new Set(applied.map((migration) => migration.name));
  return migrations.filter((migration) => !done.has(migration.name));
}
