import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { insertArtifact, insertName } from "#testing/builders/artifact-rows.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { findArtifacts } from "./find-artifacts.ts";
import { namePattern } from "./queryable.ts";

let database: Database;
const NAMES = ["m-base", "m-sqlite", "nix-m-sqlite", "API:2.3", "50%_off", "50-off"];
beforeAll(async () => {
  database = await openTestDatabase();
  for (const name of NAMES) await insertName(database.pool, await insertArtifact(database.pool, name), name);
  const second = await insertArtifact(database.pool, "m-base, newer");
  await insertName(database.pool, second, "m-base", 60);
  await insertName(database.pool, second, "ghcr.io/x/m-base:1", 61);
});
afterAll(() => database.close());

const find = async (text: string) => (await findArtifacts(database.pool, text)).map(({ name }) => name);

it("finds every artifact with a matching current name, once, ordered by display name", async () => {
  expect(await find("m-*")).toEqual(["ghcr.io/x/m-base:1", "m-sqlite"]);
  expect(await find("*sqlite")).toEqual(["m-sqlite", "nix-m-sqlite"]);
  expect(await find("api:*")).toEqual(["API:2.3"]);
  expect(await find("50%*")).toEqual(["50%_off"]);
  expect(await find("*")).toHaveLength(NAMES.length);
});

it("orders successive versions by their numbers", async () => {
  for (const name of ["v/app:1.10", "v/app:1.9", "v/app:1.2"])
    await insertName(database.pool, await insertArtifact(database.pool, name), name);
  expect(await find("v/*")).toEqual(["v/app:1.2", "v/app:1.9", "v/app:1.10"]);
});

it("finds one artifact by its name, and reports a pattern without matches", async () => {
  expect(await find("m-sqlite")).toEqual(["m-sqlite"]);
  await expect(find("x-*")).rejects.toMatchObject({ name: "UsageError", message: "no name matches x-*" });
  await expect(find("absent")).rejects.toMatchObject({ name: "UsageError" });
});

it("matches like the obvious regular expression", async () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "%", "_", "\\", "*"), maxLength: 7 });
  const pairs = fc.sample(
    fc.tuple(letters, fc.string({ unit: fc.constantFrom("a", "%", "_", "\\"), maxLength: 9 })),
    2000,
  );
  const patterns = pairs.filter(([pattern]) => pattern.includes("*"));
  const { rows } = await database.pool.query<{ fits: boolean }>(
    "SELECT name ILIKE pattern AS fits FROM unnest($1::text[], $2::text[]) AS t(name, pattern)",
    [patterns.map(([, name]) => name), patterns.map(([pattern]) => namePattern(pattern))],
  );
  const expected = patterns.map(([pattern, name]) => {
    const escaped = pattern.replace(/[\\]/g, "\\\\").replaceAll("*", ".*");
    return new RegExp(`^${escaped}$`, "s").test(name);
  });
  expect(rows.map(({ fits }) => fits)).toEqual(expected);
});
