import { expect, test } from "vitest";
import { FaultList, MAX_FAULTS, quote } from "./fault.ts";

test("a file with millions of faults keeps a limited number and says that there are more", () => {
  const faults = new FaultList();
  for (let i = 0; i < MAX_FAULTS + 50; i++) faults.add(`line ${i}`);
  expect(faults.found).toHaveLength(MAX_FAULTS + 1);
  expect(faults.found.at(-1)!.code).toBe("limit-exceeded");
});

test("a quoted piece of input stays one short line", () => {
  expect(quote(`a\nb${"x".repeat(1000)}`)).toMatch(/^"a\\nb.*…"$/);
  expect(quote("x".repeat(1000)).length).toBeLessThan(100);
});
