import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDistance, lensArea, placeVenn } from "./venn.ts";

/** The same area by counting points of a grid: slow and plain. */
function countLens(a: number, b: number, distance: number): number {
  const step = (2 * a) / 700;
  let points = 0;
  for (let x = -a; x <= a; x += step)
    for (let y = -a; y <= a; y += step) if (x * x + y * y <= a * a && (x - distance) ** 2 + y * y <= b * b) points++;
  return points * step * step;
}

describe("lensArea", () => {
  it("agrees with counting points", () => {
    for (const [a, b, distance] of [
      [10, 10, 5],
      [10, 4, 8],
      [10, 6, 12],
    ] as const) {
      expect(lensArea(a, b, distance) / countLens(a, b, distance)).toBeCloseTo(1, 1);
    }
  });

  it("is 0 for separate circles, and the smaller circle if it is inside", () => {
    expect(lensArea(3, 4, 7)).toBe(0);
    expect(lensArea(3, 5, 1)).toBeCloseTo(Math.PI * 9);
  });
});

it("finds the distance at which circles share exactly that area", () => {
  const radius = fc.double({ min: 0.5, max: 100, noNaN: true });
  fc.assert(
    fc.property(radius, radius, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, part) => {
      const area = part * Math.PI * Math.min(a, b) ** 2;
      expect(lensArea(a, b, findDistance(a, b, area)) / area).toBeCloseTo(1, 4);
    }),
  );
});

describe("placeVenn", () => {
  it("shows two sets with areas proportional to bytes", () => {
    const { circles, exact } = placeVenn(
      [
        [400, 100],
        [100, 100],
      ],
      300,
      10,
    );
    const [large, small] = circles;
    expect(exact).toBe(true);
    expect((large!.radius / small!.radius) ** 2).toBeCloseTo(4);
    expect(Math.hypot(large!.x - small!.x, large!.y - small!.y)).toBeLessThanOrEqual(
      large!.radius - small!.radius + 1e-6,
    );
  });

  it("shows the three overlaps of three sets exactly if circles can", () => {
    const shared = [
      [300, 90, 80],
      [90, 250, 70],
      [80, 70, 200],
    ];
    const { circles, exact } = placeVenn(shared, 300, 0);
    expect(exact).toBe(true);
    const areaPerByte = (Math.PI * circles[0]!.radius ** 2) / 300;
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const [a, b] = [circles[i]!, circles[j]!];
      const area = lensArea(a.radius, b.radius, Math.hypot(a.x - b.x, a.y - b.y));
      expect(area / areaPerByte / shared[i]![j]!).toBeCloseTo(1, 3);
    }
  });

  it("says so if three circles cannot", () => {
    // The first two are equal, yet the third overlaps only one of them.
    const { exact } = placeVenn(
      [
        [100, 100, 0],
        [100, 100, 90],
        [0, 90, 100],
      ],
      300,
      0,
    );
    expect(exact).toBe(false);
  });

  it("keeps all circles inside the picture", () => {
    const bytes = fc.integer({ min: 1, max: 1e12 });
    fc.assert(
      fc.property(
        fc.tuple(bytes, bytes, bytes),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (own, parts) => {
          const pair = (i: number, j: number) => Math.min(own[i]!, own[j]!) * parts[i + j - 1]!;
          const shared = own.map((bytes, i) =>
            own.map((_, j) => (i === j ? bytes : pair(Math.min(i, j), Math.max(i, j)))),
          );
          const { circles, height } = placeVenn(shared, 320, 8);
          for (const { x, y, radius } of circles) {
            expect(x - radius).toBeGreaterThan(7);
            expect(x + radius).toBeLessThan(313);
            expect(y - radius).toBeGreaterThan(7);
            expect(y + radius).toBeLessThan(height - 7);
          }
        },
      ),
    );
  });
});
