import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naiveRetained, sumOf } from "#testing/builders/graphs.ts";
import { bruteForceRetained } from "#testing/oracles/retained.ts";
import { completeRoots } from "./complete-roots.ts";
import { UNDER_VIRTUAL_ROOT, UNREACHED } from "./dominators.ts";
import { computeRetainedSizes } from "./retained-sizes.ts";

describe("computeRetainedSizes", () => {
  it("is the bytes that leave with the node, not with its cycle", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const { retainedSize } = computeRetainedSizes(random.graph, random.roots, random.weights);
        for (let node = 0; node < random.nodeCount; node++) {
          expect(retainedSize[node]).toBe(sumOf(naiveRetained(random, random.roots, node), random.weights));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("agrees with the fast oracle on typed arrays, too", () => {
    fc.assert(
      fc.property(arbitraryGraph(40), ({ graph, roots, weights }) => {
        expect(computeRetainedSizes(graph, roots, weights).retainedSize).toEqual(
          bruteForceRetained(graph, roots, weights),
        );
      }),
    );
  });

  it("sums to the whole directly under the virtual root", () => {
    fc.assert(
      fc.property(arbitraryGraph(30), (random) => {
        const roots = completeRoots(random.graph, random.roots);
        const { retainedSize, dominator } = computeRetainedSizes(random.graph, roots, random.weights);
        const tops = [...dominator.keys()].filter((node) => dominator[node] === UNDER_VIRTUAL_ROOT);
        expect(sumOf(tops, retainedSize)).toBe(sumOf(dominator.keys(), random.weights));
      }),
    );
  });

  it("gives a node that no root reaches no dominator and 0 bytes", () => {
    const { retainedSize, dominator } = computeRetainedSizes(graphOf(2, [[1, 0]]), [0], Float64Array.of(3, 4));
    expect([...retainedSize]).toEqual([3, 0]);
    expect([...dominator]).toEqual([UNDER_VIRTUAL_ROOT, UNREACHED]);
  });

  it("survives a chain far longer than the call stack", () => {
    const length = 200_000;
    const chain = graphOf(
      length,
      Array.from({ length: length - 1 }, (_, i): [number, number] => [i, i + 1]),
    );
    const { retainedSize } = computeRetainedSizes(chain, [0], new Float64Array(length).fill(1));
    expect([retainedSize[0], retainedSize[length - 1]]).toEqual([length, 1]);
  });

  it("refuses weights that are not one per node", () => {
    expect(() => computeRetainedSizes(graphOf(2, []), [], Float64Array.of(1))).toThrow(RangeError);
  });

  it("is fast on ladders whose back edges make every path long", () => {
    // 100,000 rungs with back edges: quadratic for an algorithm without path compression.
    const length = 100_000;
    const edges: [number, number][] = [];
    for (let node = 0; node + 1 < length; node++)
      edges.push([node, node + 1], [node + 1, node], [0, length - 1 - node]);
    const ladder = graphOf(length, edges);
    const begun = performance.now();
    const { retainedSize } = computeRetainedSizes(ladder, [0], new Float64Array(length).fill(1));
    expect(performance.now() - begun).toBeLessThan(2000);
    expect([retainedSize[0], retainedSize[1], retainedSize[length - 1]]).toEqual([length, 1, 1]);
  });
});
