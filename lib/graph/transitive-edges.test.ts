import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naiveComponent, naiveReachable } from "#testing/builders/graphs.ts";
import { computeTransitiveEdges } from "./transitive-edges.ts";

describe("computeTransitiveEdges", () => {
  it("marks an edge exactly if a third cycle is between its ends", () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ graph, ...random }) => {
        const transitive = computeTransitiveEdges(graph);
        for (let node = 0; node < graph.nodeCount; node++) {
          const own = naiveComponent(random, node);
          for (let slot = graph.offsets[node]!; slot < graph.offsets[node + 1]!; slot++) {
            const goal = naiveComponent(random, graph.targets[slot]!);
            const between = [...naiveReachable(random, [node])].filter((n) => !own.has(n) && !goal.has(n));
            const detour = between.some((n) => naiveReachable(random, [n]).has(graph.targets[slot]!));
            expect(transitive[slot]).toBe(detour && !own.has(graph.targets[slot]!) ? 1 : 0);
          }
        }
      }),
    );
  });

  it("preserves reachability", () => {
    const graph = graphOf(4, [
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 3],
      [0, 3],
    ]);
    expect([...computeTransitiveEdges(graph)]).toEqual([0, 1, 1, 0, 0]);
  });
});
