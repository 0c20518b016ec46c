import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import type { Digest } from "#lib/model/digest.ts";
import { openTestDatabase } from "#lib/testing/database.ts";
import { openNamedSets } from "./named-sets.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const digest = (letter: string) => `sha256:${letter.repeat(64)}` as Digest;

it("keeps a set under its name, replaces it, and forgets it", async () => {
  const sets = openNamedSets(database.pool);
  await sets.save({ name: "web", digests: [digest("a"), digest("b")] });
  await sets.save({ name: "all", digests: [digest("c")] });
  await sets.save({ name: "web", digests: [digest("b")] });
  expect(await sets.list(10)).toEqual([
    { name: "all", digests: [digest("c")] },
    { name: "web", digests: [digest("b")] },
  ]);
  expect([await sets.remove("web"), await sets.remove("web")]).toEqual([true, false]);
  expect(await sets.list(10)).toHaveLength(1);
});
