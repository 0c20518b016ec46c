import fc from "fast-check";
import { expect, it } from "vitest";
import { arbitraryGraph, graphOf, naivePaths } from "#testing/builders/graphs.ts";
import { reverse } from "./graph.ts";
import { findNearestStart } from "./nearest-start.ts";

it("is as short as the shortest of all paths, and begins at the heaviest of the nearest starts", () => {
  fc.assert(
    fc.property(arbitraryGraph(8), fc.nat(), (random, draw) => {
      const { graph, roots, weights, nodeCount, edges } = random;
      const end = draw % nodeCount;
      const reversed = reverse(graph);
      const isStart = (node: number) => roots.includes(node);
      const path = findNearestStart({ reversed, isStart, end, retainedSize: weights });
      const all = naivePaths(random, roots, end);
      expect(path?.length).toBe(all[0]?.length);
      if (path === undefined) return;
      const nearest = all.filter(({ length }) => length === path.length).map(([start]) => weights[start!]!);
      expect(weights[path[0]!]).toBe(Math.max(...nearest));
      for (const [i, node] of path.entries()) {
        if (i > 0) expect(edges.some(([from, to]) => from === path[i - 1] && to === node)).toBe(true);
      }
    }),
  );
});

it("is the node itself if that is a start", () => {
  const reversed = reverse(graphOf(2, [[0, 1]]));
  expect(findNearestStart({ reversed, isStart: () => true, end: 1, retainedSize: Float64Array.of(9, 1) })).toEqual([1]);
});
