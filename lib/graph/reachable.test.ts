import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naiveComponent, naiveReachable } from "#testing/builders/graphs.ts";
import { completeRoots, listMarked } from "./complete-roots.ts";
import { listCycleMembers } from "./cycle-members.ts";
import { reverse } from "./graph.ts";
import { computeReachable } from "./reachable.ts";

describe("computeReachable", () => {
  it("agrees with repeated sweeps over the edges", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        expect(new Set(listMarked(computeReachable(random.graph, random.roots)))).toEqual(
          naiveReachable(random, random.roots),
        );
      }),
    );
  });

  it("refuses a start that is not a node", () => {
    expect(() => computeReachable(graphOf(1, []), [1])).toThrow(RangeError);
  });
});

describe("listCycleMembers", () => {
  it("finds the others of a node's cycle", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        for (let node = 0; node < random.nodeCount; node++) {
          const others = naiveComponent(random, node).difference(new Set([node]));
          expect(new Set(listCycleMembers(random.graph, reverse(random.graph), node))).toEqual(others);
        }
      }),
    );
  });
});

describe("completeRoots", () => {
  it("keeps the given roots, and adds single nodes without referrers and cycles with all their members", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const roots = new Set(completeRoots(random.graph, random.roots));
        const reached = naiveReachable(random, random.roots);
        for (let node = 0; node < random.nodeCount; node++) {
          const cycle = naiveComponent(random, node);
          const referred = random.edges.some(([from, to]) => cycle.has(to) && !cycle.has(from));
          expect(roots.has(node)).toBe(random.roots.includes(node) || (!reached.has(node) && !referred));
        }
        expect(naiveReachable(random, roots).size).toBe(random.nodeCount);
      }),
    );
  });

  it("adds a dead node with only a self edge, and no member of a dead cycle before another", () => {
    const graph = graphOf(6, [
      [0, 1],
      [2, 2],
      [2, 1],
      [5, 4],
      [4, 5],
      [4, 3],
    ]);
    expect([...completeRoots(graph, [0])]).toEqual([0, 2, 4, 5]);
  });
});
