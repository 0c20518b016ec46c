import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { openTestDatabase } from "./database.ts";

/** A temporary folder, and an empty database with all tables. */
export interface TestPlace {
  readonly folder: string;
  /** Open while tests and hooks run. */
  readonly database: Database;
}

/** A place for the tests of a file or of a `describe`, removed after them. */
export function makeTestPlace(): TestPlace {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
  let database: Database | undefined;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(async () => {
    await database?.close();
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    get database() {
      return database!;
    },
  };
}
