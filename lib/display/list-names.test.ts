import { expect, it } from "vitest";
import { listNames } from "./list-names.ts";

it("lists up to four names, and counts the rest of more", () => {
  expect(listNames(["a"])).toBe("a");
  expect(listNames(["a", "b", "c", "d"])).toBe("a, b, c, d");
  expect(listNames(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more");
});

it("counts names that are not listed", () => {
  expect(listNames(["a", "b", "c", "d"], 10_000)).toBe("a, b, c and 9,997 more");
});
