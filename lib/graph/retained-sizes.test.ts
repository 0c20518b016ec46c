import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naiveComponent, naiveReachable, naiveRetained, sumOf } from "#lib/testing/graphs.ts";
import { completeRoots } from "./complete-roots.ts";
import { UNDER_VIRTUAL_ROOT, UNREACHED } from "./dominators.ts";
import { findRetainedSizes } from "./retained-sizes.ts";

describe("findRetainedSizes", () => {
  it("is what leaves when the node's cycle goes", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const { retainedSize } = findRetainedSizes(random.graph, random.roots, random.weights);
        for (let node = 0; node < random.nodeCount; node++) {
          expect(retainedSize[node]).toBe(sumOf(naiveRetained(random, random.roots, node), random.weights));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("names as dominator the last cycle without which the node would leave", () => {
    fc.assert(
      fc.property(arbitraryGraph(10), (random) => {
        const roots = [...completeRoots(random.graph, random.roots)];
        const { dominator } = findRetainedSizes(random.graph, roots, random.weights);
        for (let node = 0; node < random.nodeCount; node++) {
          const own = naiveComponent(random, node);
          const above = dominator[node]!;
          if (node !== Math.min(...own)) expect(above).toBe(Math.min(...own));
          else expect(listDominators(dominator, node)).toEqual(naiveDominators(random, roots, node));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("sums to the whole directly under the virtual root", () => {
    fc.assert(
      fc.property(arbitraryGraph(30), (random) => {
        const roots = completeRoots(random.graph, random.roots);
        const { retainedSize, dominator } = findRetainedSizes(random.graph, roots, random.weights);
        const tops = [...dominator.keys()].filter((node) => dominator[node] === UNDER_VIRTUAL_ROOT);
        expect(sumOf(tops, retainedSize)).toBe(sumOf(dominator.keys(), random.weights));
      }),
    );
  });

  it("gives a node that no root reaches no dominator and 0 bytes", () => {
    const { retainedSize, dominator } = findRetainedSizes(graphOf(2, [[1, 0]]), [0], Float64Array.of(3, 4));
    expect([...retainedSize]).toEqual([3, 0]);
    expect([...dominator]).toEqual([UNDER_VIRTUAL_ROOT, UNREACHED]);
  });

  it("survives a chain far longer than the call stack", () => {
    const length = 200_000;
    const chain = graphOf(
      length,
      Array.from({ length: length - 1 }, (_, i): [number, number] => [i, i + 1]),
    );
    const { retainedSize } = findRetainedSizes(chain, [0], new Float64Array(length).fill(1));
    expect([retainedSize[0], retainedSize[length - 1]]).toEqual([length, 1]);
  });
});

function listDominators(dominator: Int32Array, node: number): Set<number> {
  const list = new Set<number>();
  for (let at = dominator[node]!; at >= 0; at = dominator[at]!) list.add(at);
  return list;
}

/** The lowest members of all other cycles without which the roots no longer reach the node. */
function naiveDominators(random: Parameters<typeof naiveReachable>[0], roots: number[], node: number): Set<number> {
  const dominators = new Set<number>();
  for (let other = 0; other < random.nodeCount; other++) {
    const gone = naiveComponent(random, other);
    if (gone.has(node)) continue;
    if (!naiveReachable(random, roots, (n) => !gone.has(n)).has(node)) dominators.add(Math.min(...gone));
  }
  return dominators;
}
