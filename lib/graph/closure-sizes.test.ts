import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arbitraryGraph,
  graphOf,
  naiveReachable,
  seededRandom,
  storeLikeGraph,
  sumOf,
} from "#testing/builders/graphs.ts";
import { computeClosureSizes } from "./closure-sizes.ts";
import { listMarked } from "./complete-roots.ts";
import type { Graph } from "./graph.ts";
import { computeReachable } from "./reachable.ts";
import { RowPool } from "./row-pool.ts";

const oneByOne = (graph: Graph, weights: Float64Array) =>
  Float64Array.from({ length: graph.nodeCount }, (_, node) =>
    sumOf(listMarked(computeReachable(graph, [node])), weights),
  );

function randomWeights(count: number): Float64Array {
  const random = seededRandom(7);
  return Float64Array.from({ length: count }, () => Math.floor(random() * 2 ** 32));
}

describe("computeClosureSizes", () => {
  it("is the sum over everything reachable", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const sizes = computeClosureSizes(random.graph, random.weights);
        for (let node = 0; node < random.nodeCount; node++) {
          expect(sizes[node]).toBe(sumOf(naiveReachable(random, [node]), random.weights));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("agrees with one search per node over several blocks of columns", () => {
    const nodeCount = 2 * RowPool.columns + 100;
    for (const edgesPerNode of [2, 6]) {
      const graph = storeLikeGraph(nodeCount, edgesPerNode, edgesPerNode);
      const weights = randomWeights(nodeCount);
      expect(computeClosureSizes(graph, weights)).toEqual(oneByOne(graph, weights));
    }
  });

  it("agrees with one search per node if sparse random rows are nearly all different", () => {
    const nodeCount = RowPool.columns + 700;
    const random = seededRandom(3);
    const edges = Array.from({ length: 3 * nodeCount }, (): [number, number] => {
      const from = 1 + Math.floor(random() * (nodeCount - 1));
      return [from, Math.floor(random() * from)];
    });
    const graph = graphOf(nodeCount, edges);
    const weights = randomWeights(nodeCount);
    expect(computeClosureSizes(graph, weights)).toEqual(oneByOne(graph, weights));
  });

  it("keeps columns of weight 0 separate", () => {
    const graph = graphOf(4, [
      [3, 1],
      [3, 2],
      [2, 0],
    ]);
    expect([...computeClosureSizes(graph, Float64Array.of(5, 0, 0, 0))]).toEqual([5, 0, 5, 5]);
  });

  it("is exact near 2⁵³", () => {
    const sizes = computeClosureSizes(
      graphOf(3, [
        [2, 1],
        [2, 0],
        [1, 0],
      ]),
      Float64Array.of(2 ** 52, 2 ** 51, 1),
    );
    expect(sizes[2]).toBe(2 ** 52 + 2 ** 51 + 1);
  });

  it("refuses weights that are not one per node", () => {
    expect(() => computeClosureSizes(graphOf(2, []), Float64Array.of(1))).toThrow(RangeError);
  });

  it("measures the empty graph", () => {
    expect(computeClosureSizes(graphOf(0, []), new Float64Array(0))).toEqual(new Float64Array(0));
  });
});
