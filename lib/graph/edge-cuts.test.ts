import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arbitraryGraph,
  graphOf,
  type NaiveGraph,
  naiveReachable,
  type RandomGraph,
  storeLikeGraph,
} from "#testing/builders/graphs.ts";
import { computeEdgeCuts } from "./edge-cuts.ts";
import type { Edge } from "./graph.ts";
import { reachWithoutEdges } from "./reached-without.ts";

const keyOf = ([from, to]: Edge) => `${from} ${to}`;

function without({ nodeCount, edges }: NaiveGraph, cut: readonly Edge[]): NaiveGraph {
  const gone = new Set(cut.map(keyOf));
  return { nodeCount, edges: edges.filter((edge) => !gone.has(keyOf(edge))) };
}

const reachedWithout = (graph: RandomGraph, cut: readonly Edge[]) => naiveReachable(without(graph, cut), graph.roots);

/** All sets of the fewest edges that keep the roots from the target, by trying all sets of one size after the other. */
function naiveCuts(graph: RandomGraph, target: number): Edge[][] {
  const edges = [...new Map(graph.edges.map((edge) => [keyOf(edge), edge])).values()];
  for (let size = 0; ; size++) {
    const cuts = chooseSets(edges, size).filter((cut) => !reachedWithout(graph, cut).has(target));
    if (cuts.length > 0) return cuts;
  }
}

function chooseSets(edges: readonly Edge[], size: number, from = 0): Edge[][] {
  if (size === 0) return [[]];
  return edges.flatMap((edge, i) =>
    i < from ? [] : chooseSets(edges, size - 1, i + 1).map((rest) => [edge, ...rest]),
  );
}

describe("computeEdgeCuts", () => {
  it("agrees with trying all sets of edges, on graphs with cycles, several roots and unreachable nodes", () => {
    fc.assert(
      fc.property(arbitraryGraph(6), fc.nat(5), (random, drawn) => {
        const target = drawn % random.nodeCount;
        const { graph, roots: starts } = random;
        const found = computeEdgeCuts({ graph, starts, target, limit: 100 });
        expect(found === undefined).toBe(random.roots.includes(target));
        if (found === undefined) return;
        const naive = naiveCuts(random, target);
        const { size, cuts, more } = found;
        expect([size, more, cuts.length > 0]).toEqual([naive[0]!.length, false, size > 0]);
        const known = new Set(naive.map((cut) => cut.map(keyOf).sort().join()));
        for (const cut of cuts) expect(known).toContain(cut.map(keyOf).sort().join());
        const left = cuts.map((cut) => reachedWithout(random, cut));
        for (const [i, cut] of cuts.entries()) {
          const marked = reachWithoutEdges(graph, starts, cut);
          expect(new Set(Array.from(marked.keys()).filter((node) => marked[node] === 1))).toEqual(left[i]);
        }
        for (const [i, reached] of left.slice(1).entries()) expect(left[i]!.isSubsetOf(reached)).toBe(true);
        // No minimum cut frees more than the first, or less than the last.
        for (const cut of size === 0 ? [] : naive) {
          const reached = reachedWithout(random, cut);
          expect(left[0]!.isSubsetOf(reached) && reached.isSubsetOf(left.at(-1)!)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("lists the cuts along a chain, and leaves some out between the last two", () => {
    const graph = graphOf(6, [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
    const search = { graph, starts: [0], target: 5 };
    expect(computeEdgeCuts({ ...search, limit: 5 })).toEqual({
      size: 1,
      cuts: [[[0, 1]], [[1, 2]], [[2, 3]], [[3, 4]], [[4, 5]]],
      more: false,
    });
    expect(computeEdgeCuts({ ...search, limit: 3 })).toEqual({
      size: 1,
      cuts: [[[0, 1]], [[1, 2]], [[4, 5]]],
      more: true,
    });
  });

  it("takes a graph as large as a store's without recursion", () => {
    const graph = storeLikeGraph(100_000, 4);
    const found = computeEdgeCuts({ graph, starts: [99_999, 99_998, 99_997], target: 10, limit: 12 })!;
    expect(found.cuts.map((cut) => cut.length)).toEqual(found.cuts.map(() => found.size));
  });
});
