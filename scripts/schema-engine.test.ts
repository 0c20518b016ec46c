import { join } from "node:path";
import { expect, it } from "vitest";
import { openTestDatabase } from "#testing/run/database.ts";
import { diffToSchema } from "./schema-engine.ts";

it("finds no difference between the migrations and schema.prisma", async () => {
  const database = await openTestDatabase();
  try {
    const schema = join(import.meta.dirname, "..", "prisma", "schema.prisma");
    expect(await diffToSchema({ connectionString: database.url }, schema)).toBe("");
  } finally {
    await database.close();
  }
});
