import fc from "fast-check";
import { expect, it } from "vitest";
import { parseNames } from "#lib/display/address.ts";
import { diffPath, overlapPath, savingsPath } from "./set-address.ts";

it("writes an address that a person can read", () => {
  expect(diffPath("m-base", "m-sqlite")).toBe("/compare?a=m-base&b=m-sqlite");
  expect(overlapPath(["api:2.3", "host/worker"], { rung: "layer" })).toBe("/compare?rung=layer&in=api:2.3,host/worker");
  expect(savingsPath([])).toBe("/savings");
});

it("reads back what it wrote, whatever the names hold", () => {
  const name = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => text.trim() === text && text !== "");
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 5 }), (names) => {
      const { searchParams } = new URL(overlapPath(names), "http://localhost");
      expect(parseNames(searchParams.getAll("in"))).toEqual(names);
    }),
  );
});

it("takes a name once, however often it is given", () => {
  expect(parseNames(["a,b", "b", " c ,"])).toEqual(["a", "b", "c"]);
});
