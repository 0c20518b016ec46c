import fc from "fast-check";
import { expect, it } from "vitest";
import { placeLabels } from "./place-labels.ts";

it("puts a label beside what it names where nothing is in the way", () => {
  expect(
    placeLabels(
      [
        { middle: 80, weight: 1 },
        { middle: 20, weight: 1 },
      ],
      100,
      10,
    ),
  ).toEqual([
    { index: 1, top: 15 },
    { index: 0, top: 75 },
  ]);
});

it("labels the heaviest where there is no room for all", () => {
  const wanted = [5, 9, 1, 7].map((weight) => ({ middle: 10, weight }));
  expect(
    placeLabels(wanted, 20, 10)
      .map(({ index }) => index)
      .sort(),
  ).toEqual([1, 3]);
});

it("lays no label over another, and none outside", () => {
  const labelled = fc.record({ middle: fc.double({ min: 0, max: 300, noNaN: true }), weight: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(labelled, { maxLength: 40 }), (wanted) => {
      const placed = placeLabels(wanted, 300, 28);
      placed.forEach(({ top }, i) => {
        expect(top).toBeGreaterThanOrEqual(-1e-6);
        expect(top + 28).toBeLessThanOrEqual(300 + 1e-6);
        if (i > 0) expect(top - placed[i - 1]!.top).toBeGreaterThanOrEqual(28 - 1e-6);
      });
    }),
  );
});
