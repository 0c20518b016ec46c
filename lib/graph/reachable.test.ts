import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naiveReachable } from "#lib/testing/graphs.ts";
import { completeRoots, listMarked } from "./complete-roots.ts";
import { findReachable } from "./reachable.ts";

describe("findReachable", () => {
  it("finds what repeated sweeps over the edges find", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        expect(new Set(listMarked(findReachable(random.graph, random.roots)))).toEqual(
          naiveReachable(random, random.roots),
        );
      }),
    );
  });

  it("refuses a start that is no node", () => {
    expect(() => findReachable(graphOf(1, []), [1])).toThrow(RangeError);
  });
});

describe("completeRoots", () => {
  it("keeps the given roots, reaches every node, and adds no root that could go", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const roots = [...completeRoots(random.graph, random.roots)];
        expect(roots).toEqual([...new Set(roots)].sort((a, b) => a - b));
        expect(roots).toEqual(expect.arrayContaining([...random.roots]));
        expect(naiveReachable(random, roots).size).toBe(random.nodeCount);
        for (const added of roots.filter((root) => !random.roots.includes(root))) {
          expect(
            naiveReachable(
              random,
              roots.filter((root) => root !== added),
            ).has(added),
          ).toBe(false);
        }
      }),
    );
  });

  it("adds a dead node that only refers to itself, and the lowest member of a dead cycle", () => {
    const graph = graphOf(6, [
      [0, 1],
      [2, 2],
      [2, 1],
      [5, 4],
      [4, 5],
      [4, 3],
    ]);
    expect([...completeRoots(graph, [0])]).toEqual([0, 2, 4]);
  });
});
