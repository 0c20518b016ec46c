import fc from "fast-check";
import { expect, it } from "vitest";
import { compareVersions } from "./compare-versions.ts";

it("orders runs of digits by value, however long, and the rest by code unit", () => {
  const ordered = ["", "1", "1.2", "1.2a", "1.02b", "1.10", "9", `1${"0".repeat(40)}`, "a"];
  expect(ordered.toReversed().sort(compareVersions)).toEqual(ordered);
});

it("is antisymmetric", () => {
  const version = fc.string({ unit: fc.constantFrom("0", "1", "2", ".", "a"), maxLength: 6 });
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
    }),
  );
});
