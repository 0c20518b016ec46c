import { hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { squarify } from "./squarify.ts";

describe("squarify", () => {
  it("places rectangles as d3-hierarchy does, at the ratio 1", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 500 }),
        (values, width, height) => {
          const weights = values.sort((a, b) => b - a);
          const into = new Float64Array(4 * weights.length);
          const positions = Int32Array.from(weights.keys());
          squarify(
            { positions, weight: Float64Array.from(weights), into },
            { left: 0, top: 0, right: width, bottom: height },
          );
          for (const [i, [x0, y0, x1, y1]] of placeByD3(weights, width, height).entries()) {
            for (const [j, edge] of [x0, y0, x1, y1].entries()) expect(into[4 * i + j]).toBeCloseTo(edge, 6);
          }
        },
      ),
    );
  });
});

function placeByD3(weights: readonly number[], width: number, height: number): [number, number, number, number][] {
  interface Datum {
    readonly value: number;
    readonly children?: readonly Datum[];
  }
  const root = hierarchy<Datum>({ value: 0, children: weights.map((value) => ({ value })) }).sum(({ value }) => value);
  const placed = treemap<Datum>().tile(treemapSquarify.ratio(1)).size([width, height])(root);
  return placed.children!.map(({ x0, y0, x1, y1 }) => [x0, y0, x1, y1]);
}
