import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, type RandomGraph } from "#testing/builders/graphs.ts";
import { computeRanks } from "../ranks.ts";
import { countCrossings } from "./count-crossings.ts";
import { cutRanks } from "./cut-ranks.ts";
import { buildLanes, type Lanes } from "./lanes.ts";
import { orderLayers } from "./order-layers.ts";
import { placeLayers } from "./place-layers.ts";

/** The edges of a random graph that lead to a higher rank, once each. */
function layersOf({ graph, edges, roots }: RandomGraph) {
  const layerOf = computeRanks(graph, roots);
  const forward = edges.filter(([from, to]) => layerOf[from]! < layerOf[to]!);
  const pairs = [...new Map(forward.map((edge) => [edge.join(), edge])).values()];
  return { layerOf, pairs, lanes: lanesOf(layerOf, pairs) };
}

function lanesOf(layerOf: ArrayLike<number>, pairs: RandomGraph["edges"]): Lanes {
  return buildLanes({ layerOf, from: pairs.map(([from]) => from), to: pairs.map(([, to]) => to) });
}

const none = (count: number) => new Array<number>(count).fill(-1);
const byIndex = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("cutRanks", () => {
  it("gives each rank a column if there are enough, and the first one always", () => {
    expect(cutRanks([3, 1, 0, 2], 3)).toEqual([0, 1, 3]);
    expect(cutRanks([1, 500, 500, 500], 2)).toEqual([0, 1]);
  });

  it("cuts many ranks into at most as many columns of about equal counts, all of them in one", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 80 }), fc.integer({ min: 2, max: 9 }), (counts, most) => {
        const starts = cutRanks(counts, most);
        const filled = counts.flatMap((count, rank) => (count > 0 ? [rank] : []));
        expect(starts.length).toBeLessThanOrEqual(most);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        expect(starts[0]).toBe(filled[0]);
        for (const start of starts) expect(counts[start]).toBeGreaterThan(0);
      }),
    );
    const sizes = cutRanks(new Array(62).fill(80), 9);
    expect(sizes).toHaveLength(9);
    expect(Math.max(...sizes.slice(2).map((start, i) => start - sizes[i + 1]!))).toBeLessThanOrEqual(9);
  });
});

describe("buildLanes", () => {
  it("leads each edge over one item a layer to its target, and no lane to two targets", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const { layerOf, pairs, lanes } = layersOf(random);
        pairs.forEach(([from, to], edge) => {
          const path = lanes.segments.filter(({ edges }) => edges.includes(edge));
          path.sort((a, b) => lanes.layerOf[a.from]! - lanes.layerOf[b.from]!);
          expect(path).toHaveLength(layerOf[to]! - layerOf[from]!);
          expect([path[0]!.from, path.at(-1)!.to]).toEqual([from, to]);
          path.forEach((segment, i) => {
            expect(lanes.layerOf[segment.to]).toBe(lanes.layerOf[segment.from]! + 1);
            if (i > 0) expect(segment.from).toBe(path[i - 1]!.to);
            if (segment.to >= lanes.boxCount) expect(lanes.targetOf(segment.to)).toBe(to);
          });
        });
      }),
    );
  });

  it("has one lane a layer for a target that many need", () => {
    const pairs = Array.from({ length: 20 }, (_, i): [number, number] => [i, 20]);
    const lanes = lanesOf([...none(20).fill(0), 3], pairs);
    expect(lanes.itemCount - lanes.boxCount).toBe(2);
  });
});

describe("countCrossings", () => {
  it("agrees with comparing all pairs", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const { lanes } = layersOf(random);
        const order = orderLayers({ lanes, first: byIndex(lanes.boxCount), together: none(lanes.boxCount) });
        const at = new Map(order.flatMap((layer) => layer.map((item, i) => [item, i] as const)));
        let naive = 0;
        for (const a of lanes.segments) {
          for (const b of lanes.segments) {
            const sameGap = lanes.layerOf[a.from] === lanes.layerOf[b.from];
            if (sameGap && at.get(a.from)! < at.get(b.from)! && at.get(a.to)! > at.get(b.to)!) naive++;
          }
        }
        expect(countCrossings(lanes, order)).toBe(naive);
      }),
    );
  });
});

describe("orderLayers", () => {
  it("has every item once, in its layer", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const { lanes } = layersOf(random);
        const order = orderLayers({ lanes, first: byIndex(lanes.boxCount), together: none(lanes.boxCount) });
        expect(order.flat().sort((a, b) => a - b)).toEqual(byIndex(lanes.itemCount));
        order.forEach((layer, i) => {
          for (const item of layer) expect(lanes.layerOf[item]).toBe(i);
        });
      }),
    );
  });

  it("removes avoidable crossings, and draws a tree without any", () => {
    const pairs: [number, number][] = Array.from({ length: 126 }, (_, i) => [((i * 61) % 127) >> 1, 0]);
    const tree = pairs.map((_, i): [number, number] => [i >> 1, i + 1]);
    const graph = graphOf(127, tree);
    const lanes = lanesOf(computeRanks(graph, []), tree);
    const mixed = byIndex(127).map((i) => (i * 61) % 127);
    expect(countCrossings(lanes, orderLayers({ lanes, first: mixed, together: none(127) }))).toBe(0);
  });

  it("keeps the order of boxes that were there before, and the members of a cycle together", () => {
    fc.assert(
      fc.property(arbitraryGraph(), fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 14 }), (random, groups) => {
        const { lanes, layerOf } = layersOf(random);
        const before = byIndex(lanes.boxCount).map((box) => (box % 3 === 0 ? -1 : (box * 7) % 15));
        const fixed = orderLayers({ lanes, first: byIndex(lanes.boxCount), together: none(lanes.boxCount), before });
        for (const layer of fixed) {
          const kept = layer.filter((item) => item < lanes.boxCount && before[item]! >= 0).map((item) => before[item]!);
          expect(kept).toEqual(kept.toSorted((a, b) => a - b));
        }
        const together = groups.slice(0, lanes.boxCount);
        const tied = orderLayers({ lanes, first: byIndex(lanes.boxCount), together });
        for (const [i, layer] of tied.entries()) {
          for (const group of [0, 1, 2]) {
            const places = layer.flatMap((item, at) => (item < lanes.boxCount && together[item] === group ? [at] : []));
            expect(places.at(-1) ?? 0).toBe((places[0] ?? 0) + Math.max(0, places.length - 1));
            expect(places).toHaveLength([...layerOf].filter((l, box) => l === i && together[box] === group).length);
          }
        }
      }),
    );
  });
});

describe("placeLayers", () => {
  it("keeps the order, all gaps and the height, and glued items together", () => {
    fc.assert(
      fc.property(arbitraryGraph(), fc.integer({ min: 0, max: 400 }), (random, height) => {
        const { lanes } = layersOf(random);
        const layers = orderLayers({ lanes, first: byIndex(lanes.boxCount), together: none(lanes.boxCount) });
        const sizes = byIndex(lanes.itemCount).map((item) => 3 + (item % 4));
        const isGlued = (above: number, below: number) => (above + below) % 5 === 0;
        const gapOf = (above: number, below: number) => 1 + ((above + below) % 2);
        const weightOf = () => 1;
        const placed = placeLayers({ layers, segments: lanes.segments, sizes, gapOf, isGlued, weightOf, height });
        expect(placed.height).toBeGreaterThanOrEqual(height);
        for (const layer of layers) {
          layer.forEach((item, i) => {
            const [top, bottom] = [placed.at[item]! - sizes[item]! / 2, placed.at[item]! + sizes[item]! / 2];
            expect(top).toBeGreaterThanOrEqual(-1e-9);
            expect(bottom).toBeLessThanOrEqual(placed.height + 1e-9);
            if (i === 0) return;
            const above = layer[i - 1]!;
            const gap = top - placed.at[above]! - sizes[above]! / 2;
            expect(gap).toBeGreaterThanOrEqual(gapOf(above, item) - 1e-9);
            if (isGlued(above, item)) expect(gap).toBeCloseTo(gapOf(above, item));
          });
        }
      }),
    );
  });
});
