import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { createEmptyDatabase } from "#testing/run/database.ts";
import { type Migration, migrate, readMigrations } from "./migrate.ts";

const pools: pg.Pool[] = [];

async function openEmpty(url?: string): Promise<pg.Pool> {
  const pool = new pg.Pool({ connectionString: url ?? (await createEmptyDatabase()) });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.end();
});

function step(name: string, sql: string): Migration {
  return { name, sql, checksum: name.padEnd(64, "0") };
}

describe("migrate", () => {
  it("applies every migration to an empty database, and nothing the second time", async () => {
    const pool = await openEmpty();
    expect(await migrate(pool)).toEqual(readMigrations().map((migration) => migration.name));
    expect(await migrate(pool)).toEqual([]);
  });

  it("applies each once when four programs start together", async () => {
    const url = await createEmptyDatabase();
    const racers = await Promise.all([openEmpty(url), openEmpty(url), openEmpty(url), openEmpty(url)]);
    const applied = await Promise.all(racers.map((pool) => migrate(pool)));
    expect(applied.flat()).toEqual(readMigrations().map((migration) => migration.name));
  });

  it("rolls back a migration that fails half way, and continues from there", async () => {
    const pool = await openEmpty();
    const good = step("1_good", "CREATE TABLE good (id int)");
    await expect(migrate(pool, [good, step("2_bad", "CREATE TABLE bad (id int); SELECT 1 / 0")])).rejects.toThrow(
      "2_bad",
    );
    const { rows } = await pool.query(
      "SELECT to_regclass('good') IS NOT NULL AS good, to_regclass('bad') IS NOT NULL AS bad",
    );
    expect(rows).toEqual([{ good: true, bad: false }]);
    expect(await migrate(pool, [good, step("2_mended", "CREATE TABLE bad (id int)")])).toEqual(["2_mended"]);
  });

  it("refuses a database of a newer program", async () => {
    const pool = await openEmpty();
    await migrate(pool, [step("1_known", "SELECT 1"), step("2_future", "SELECT 1")]);
    await expect(migrate(pool, [step("1_known", "SELECT 1")])).rejects.toThrow(/newer than this program.*2_future/);
  });

  it("refuses a migration that has changed since it was applied", async () => {
    const pool = await openEmpty();
    await migrate(pool, [step("1_first", "SELECT 1")]);
    const changed = { ...step("1_first", "SELECT 2"), checksum: "f".repeat(64) };
    await expect(migrate(pool, [changed])).rejects.toThrow(/migration 1_first in the database differs/);
  });
});
