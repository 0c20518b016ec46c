import fc from "fast-check";
import { expect, it } from "vitest";
import { arbitraryGraph, graphOf } from "#testing/builders/graphs.ts";
import { buildBreadthFirstTree, NO_PARENT, UNREACHED } from "./breadth-first-tree.ts";
import { shortestPaths } from "./shortest-path.ts";

it("leads from every reached node back to a start by a shortest path, whatever the cycles", () => {
  fc.assert(
    fc.property(arbitraryGraph(8), ({ graph, roots, nodeCount }) => {
      const parents = buildBreadthFirstTree(graph, roots);
      for (let node = 0; node < nodeCount; node++) {
        const [shortest] = shortestPaths({ graph, starts: roots, target: node, limit: 1 }).paths;
        if (shortest === undefined) {
          expect(parents[node]).toBe(UNREACHED);
          continue;
        }
        let steps = 1;
        let at = node;
        while (parents[at] !== NO_PARENT) {
          at = parents[at]!;
          steps++;
          expect(steps).toBeLessThanOrEqual(nodeCount);
        }
        expect([...roots]).toContain(at);
        expect(steps).toBe(shortest.length);
      }
    }),
  );
});

it("refuses a start that is not a node", () => {
  expect(() => buildBreadthFirstTree(graphOf(1, []), [1])).toThrow(RangeError);
});
