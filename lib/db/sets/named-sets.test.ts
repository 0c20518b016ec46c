import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import type { Digest } from "#lib/model/digest.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { MAX_NAMED_SETS, openNamedSets } from "./named-sets.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const digest = (letter: string) => `sha256:${letter.repeat(64)}` as Digest;

it("saves a set under its name, replaces it, and deletes it", async () => {
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

it("saves up to the limit, and still replaces a set at the limit", async () => {
  const sets = openNamedSets(database.pool);
  const there = (await sets.list(100)).length;
  for (let i = there; i < MAX_NAMED_SETS; i++) await sets.save({ name: `set ${i}`, digests: [digest("a")] });
  await expect(sets.save({ name: "one more", digests: [digest("a")] })).rejects.toThrow("the limit is 50 named sets");
  await sets.save({ name: "all", digests: [digest("d")] });
  expect(await sets.list(100)).toHaveLength(MAX_NAMED_SETS);
});
