import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naivePaths } from "#testing/builders/graphs.ts";
import { countPaths, MAX_COUNTED_PATHS } from "./count-paths.ts";

describe("countPaths", () => {
  it("agrees with walking all paths, on graphs with cycles, several roots and unreachable nodes", () => {
    fc.assert(
      fc.property(arbitraryGraph(7), (random) => {
        for (let target = 0; target < random.nodeCount; target++) {
          const count = naivePaths(random, random.roots, target).length;
          expect(countPaths({ graph: random.graph, starts: random.roots, target })).toEqual({ count, exact: true });
        }
      }),
      { numRuns: 300 },
    );
  });

  it("stops at a million", () => {
    // Twenty diamonds in a row: 2²⁰ paths; nineteen: 2¹⁹.
    const diamonds = (count: number) =>
      graphOf(
        3 * count + 1,
        Array.from({ length: count }, (_, i) => [
          [3 * i, 3 * i + 1] as const,
          [3 * i, 3 * i + 2] as const,
          [3 * i + 1, 3 * i + 3] as const,
          [3 * i + 2, 3 * i + 3] as const,
        ]).flat(),
      );
    expect(countPaths({ graph: diamonds(19), starts: [0], target: 57 })).toEqual({ count: 2 ** 19, exact: true });
    expect(countPaths({ graph: diamonds(20), starts: [0], target: 60 })).toEqual({
      count: MAX_COUNTED_PATHS,
      exact: false,
    });
  });

  it("gives a lower bound where the paths of a cycle are too many to walk", () => {
    // All of twelve need each other: Σ 10!/k! = 9,864,101 paths between two of them.
    const all = Array.from({ length: 12 }, (_, i) => i);
    const graph = graphOf(
      12,
      all.flatMap((from) => all.filter((to) => to !== from).map((to) => [from, to] as const)),
    );
    const { count, exact } = countPaths({ graph, starts: [0], target: 11, steps: 10_000 });
    expect(exact).toBe(false);
    expect(count).toBeGreaterThan(100);
    expect(count).toBeLessThanOrEqual(9_864_101);
    expect(countPaths({ graph, starts: [0], target: 11, steps: 0 })).toEqual({ count: 1, exact: false });
  });
});
