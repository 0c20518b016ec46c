import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PageFailure } from "#lib/model/page-failure.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import type { Database } from "./database.ts";
import { closePageDatabase, openPageDatabase } from "./page-database.ts";

let test: Database;

beforeEach(async () => {
  test = await openTestDatabase();
  vi.stubEnv("DATABASE_URL", test.url);
});

afterEach(async () => {
  await closePageDatabase();
  vi.unstubAllEnvs();
  await test.close();
});

describe("the database of the pages", () => {
  it("is one for the whole process", async () => {
    expect(await openPageDatabase()).toBe(await openPageDatabase());
  });

  it("has a shorter limit per query than commands have", async () => {
    const limit = async ({ pool }: Database) => (await pool.query("SHOW statement_timeout")).rows[0].statement_timeout;
    expect(await limit(await openPageDatabase())).toBe("20s");
    expect(await limit(test)).toBe("2min");
  });

  it("marks a query that hit the limit, so that the page can say so", async () => {
    const { pool } = await openPageDatabase();
    const client = await pool.connect();
    await client.query("SET statement_timeout = 50");
    client.release();
    await expect(pool.query("SELECT pg_sleep(5)")).rejects.toMatchObject({ digest: PageFailure.tooLong });
    await expect(pool.query("SELECT 1 FROM nowhere")).rejects.not.toHaveProperty("digest");
  });

  it("opens again after it was closed", async () => {
    const first = await openPageDatabase();
    await closePageDatabase();
    expect(await openPageDatabase()).not.toBe(first);
  });
});
