import { expect, it } from "vitest";
import { MEASURE_GROUPS, MEASURES } from "./measures.ts";

it("gives every measure a place in the glossary", () => {
  const groups = new Set<string>(MEASURE_GROUPS.map(({ group }) => group));
  for (const measure of Object.values(MEASURES)) expect(groups).toContain(measure.group);
});

it("uses no label twice in one group, so that headings of a table differ", () => {
  const labels = Object.values(MEASURES).map(({ group, label }) => `${group} ${label}`);
  expect(new Set(labels).size).toBe(labels.length);
});
