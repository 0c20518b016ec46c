import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { removeArtifact } from "#lib/db/write/remove-artifact.ts";
import { GoneError, UnreachableError } from "#lib/model/problem.ts";
import { insertArtifact } from "#testing/builders/artifact-rows.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { whileThere } from "./while-there.ts";

describe("whileThere", () => {
  let database: Database;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  const fails = async () => {
    throw new TypeError("a row was removed");
  };

  it("reports the removal if the artifact is gone", async () => {
    const id = await insertArtifact(database.pool, "removed");
    const failing = whileThere(database.pool, [{ id }], async () => {
      await removeArtifact(database.pool, id);
      return fails();
    });
    await expect(failing).rejects.toThrow(GoneError);
    await expect(failing).rejects.toThrow(UnreachableError);
  });

  it("leaves every other failure and every answer unchanged", async () => {
    const id = await insertArtifact(database.pool, "there");
    await expect(whileThere(database.pool, [{ id }], fails)).rejects.toThrow(TypeError);
    expect(await whileThere(database.pool, [{ id }, { id }], async () => "answer")).toBe("answer");
  });
});
