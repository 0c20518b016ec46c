import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestDatabase } from "#testing/run/database.ts";
import type { Database } from "../server/database.ts";
import { copyOut, integerList } from "./copy-out.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it("reads rows, nulls, empty values and values of megabytes", async () => {
  const rows = await copyOut(
    database.pool,
    `SELECT i, CASE i WHEN 2 THEN NULL ELSE decode(repeat('00ff', i * 500000), 'hex') END FROM generate_series(0, 3) AS i`,
  );
  expect(rows.map(([i, bytes]) => [i!.readInt32BE(), bytes?.length])).toEqual([
    [0, 0],
    [1, 1_000_000],
    [2, undefined],
    [3, 3_000_000],
  ]);
  expect([...rows[1]![1]!.subarray(999_998)]).toEqual([0x00, 0xff]);
});

it("fails with the server's error, and leaves the pool usable", async () => {
  await expect(copyOut(database.pool, "SELECT 1 / 0")).rejects.toThrow("division by zero");
  expect(await copyOut(database.pool, "SELECT 1 WHERE false")).toEqual([]);
});

it("accepts only integers in a query", () => {
  expect(integerList([1, -2])).toBe("ARRAY[1,-2]::int[]");
  expect(() => integerList([1.5])).toThrow(RangeError);
  expect(() => integerList([Number.NaN])).toThrow(RangeError);
});
