import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeStrata, scaleMarks } from "./strata.ts";

describe("placeStrata", () => {
  it("stacks the newest on top, thickness by bytes", () => {
    expect(placeStrata({ sizes: [60, 30, 10], height: 100, minimum: 1 })).toEqual([
      { top: 40, height: 60 },
      { top: 10, height: 30 },
      { top: 0, height: 10 },
    ]);
  });

  it("keeps a stratum of a few bytes visible beside one of gigabytes, and an empty one flat", () => {
    const [large, small, empty] = placeStrata({ sizes: [5e9, 7, 0], height: 100, minimum: 2 });
    expect(small!.height).toBe(2);
    expect(large!.height).toBe(98);
    expect(empty!.height).toBe(0);
  });

  it("fills the height exactly and hides no stratum, however the bytes are divided", () => {
    const sizes = fc.array(fc.nat({ max: 1e12 }), { minLength: 1, maxLength: 130 });
    fc.assert(
      fc.property(sizes, (bytes) => {
        fc.pre(bytes.some((size) => size > 0));
        const bands = placeStrata({ sizes: bytes, height: 200, minimum: 1 });
        expect(bands.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(200, 6);
        bands.forEach(({ height }, i) => {
          if (bytes[i]! > 0) expect(height).toBeGreaterThan(0.99);
        });
      }),
    );
  });
});

it("marks a scale at round binary figures, never more than asked for", () => {
  expect(scaleMarks(100 * 1024 ** 2, 5)).toEqual([20, 40, 60, 80, 100].map((mebibytes) => mebibytes * 1024 ** 2));
  expect(scaleMarks(0, 5)).toEqual([]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e15 }), (bytes) => {
      expect(scaleMarks(bytes, 5).length).toBeLessThanOrEqual(5);
    }),
  );
});
