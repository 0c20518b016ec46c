import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naivePaths } from "#testing/builders/graphs.ts";
import { shortestPaths } from "./shortest-path.ts";

describe("shortestPaths", () => {
  it("finds all simple paths, shortest first, each once", () => {
    fc.assert(
      fc.property(arbitraryGraph(7), fc.nat(6), ({ graph, roots, nodeCount, ...random }, pick) => {
        const target = pick % nodeCount;
        const expected = naivePaths({ nodeCount, ...random }, roots, target);
        const { paths, truncated } = shortestPaths({ graph, starts: roots, target, limit: 100_000 });
        expect(truncated).toBe(false);
        expect(paths.map((path) => path.length)).toEqual(expected.map((path) => path.length));
        expect(new Set(paths.map((path) => path.join()))).toEqual(new Set(expected.map((path) => path.join())));
      }),
    );
  });

  it("reports more paths exactly if there are more", () => {
    fc.assert(
      fc.property(
        arbitraryGraph(6),
        fc.integer({ min: 1, max: 5 }),
        ({ graph, roots, nodeCount, ...random }, limit) => {
          const expected = naivePaths({ nodeCount, ...random }, roots, nodeCount - 1);
          const { paths, truncated } = shortestPaths({ graph, starts: roots, target: nodeCount - 1, limit });
          expect(paths.length).toBe(Math.min(limit, expected.length));
          expect(truncated).toBe(expected.length > limit);
        },
      ),
    );
  });

  it("returns the node alone if a start is the target", () => {
    expect(shortestPaths({ graph: graphOf(2, [[0, 1]]), starts: [1], target: 1, limit: 3 })).toEqual({
      paths: [[1]],
      truncated: false,
    });
  });

  it("refuses a start or a target that is not a node", () => {
    const graph = graphOf(1, []);
    expect(() => shortestPaths({ graph, starts: [1], target: 0, limit: 1 })).toThrow(RangeError);
    expect(() => shortestPaths({ graph, starts: [0], target: -1, limit: 1 })).toThrow(RangeError);
  });

  it("stops on a dense cyclic graph at its step budget, with the paths found", () => {
    const nodeCount = 400;
    const edges = Array.from({ length: nodeCount * nodeCount }, (_, i): [number, number] => [
      Math.floor(i / nodeCount),
      i % nodeCount,
    ]);
    const { paths, truncated } = shortestPaths({
      graph: graphOf(nodeCount, edges),
      starts: [0],
      target: nodeCount - 1,
      limit: 1_000_000,
    });
    expect(truncated).toBe(true);
    expect(paths[0]).toEqual([0, nodeCount - 1]);
    expect(paths.length).toBeGreaterThan(nodeCount);
  });
});
