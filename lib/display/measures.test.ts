import { expect, it } from "vitest";
import { MEASURE_GROUPS, MEASURES } from "./measures.ts";

it("has every measure in the glossary, once", () => {
  expect(MEASURE_GROUPS.flatMap(({ measures }) => Object.keys(measures))).toEqual(Object.keys(MEASURES));
});

it("uses no label twice in one group, so that headings of a table differ", () => {
  for (const { measures } of MEASURE_GROUPS) {
    const labels = Object.values(measures).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  }
});
