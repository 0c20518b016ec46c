import fc from "fast-check";
import { expect, it } from "vitest";
import { matchesPattern } from "./name-pattern.ts";

it("fits as a glob does", () => {
  expect(matchesPattern("m-*", "m-sqlite")).toBe(true);
  expect(matchesPattern("*sqlite*", "m-sqlite-lua")).toBe(true);
  expect(matchesPattern("m-*", "nix-m-sqlite")).toBe(false);
  expect(matchesPattern("a*a", "a")).toBe(false);
  expect(matchesPattern("API:*", "api:2.3")).toBe(true);
  expect(matchesPattern("api", "api:2.3")).toBe(false);
});

it("agrees with the obvious regular expression", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 7 });
  fc.assert(
    fc.property(letters, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 9 }), (pattern, name) => {
      expect(matchesPattern(pattern, name)).toBe(new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name));
    }),
  );
});
