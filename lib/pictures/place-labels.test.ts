import fc from "fast-check";
import { expect, it } from "vitest";
import { placeLabels } from "./place-labels.ts";

it("puts a label beside its target if nothing is in the way", () => {
  expect(
    placeLabels(
      [
        { middle: 80, weight: 1 },
        { middle: 20, weight: 1 },
      ],
      { space: 100, height: 10 },
    ),
  ).toEqual([
    { index: 1, top: 15 },
    { index: 0, top: 75 },
  ]);
});

it("labels the heaviest if there is not room for all", () => {
  const wanted = [5, 9, 1, 7].map((weight) => ({ middle: 10, weight }));
  expect(
    placeLabels(wanted, { space: 20, height: 10 })
      .map(({ index }) => index)
      .sort(),
  ).toEqual([1, 3]);
});

it("places no label over another, and none outside", () => {
  const labelled = fc.record({ middle: fc.double({ min: 0, max: 300, noNaN: true }), weight: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(labelled, { maxLength: 40 }), (wanted) => {
      const placed = placeLabels(wanted, { space: 300, height: 28 });
      placed.forEach(({ top }, i) => {
        expect(top).toBeGreaterThanOrEqual(-1e-6);
        expect(top + 28).toBeLessThanOrEqual(300 + 1e-6);
        if (i > 0) expect(top - placed[i - 1]!.top).toBeGreaterThanOrEqual(28 - 1e-6);
      });
    }),
  );
});

it("leaves out labels far from their targets, and keeps the heavier ones near theirs", () => {
  const wanted = [9, 8, 7, 6, 5].map((weight, i) => ({ middle: 50 + i, weight }));
  const near = placeLabels(wanted, { space: 300, height: 20, reach: 15 });
  expect(near.map(({ index }) => index).sort()).toEqual([0, 1]);
  for (const { index, top } of near) expect(Math.abs(top + 10 - wanted[index]!.middle)).toBeLessThanOrEqual(15);
  expect(placeLabels(wanted, { space: 300, height: 20 })).toHaveLength(5);
});
