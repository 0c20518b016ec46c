import fc from "fast-check";
import { expect, it } from "vitest";
import { arbitraryGraph, naiveReachable } from "#testing/builders/graphs.ts";
import { LitGraph } from "./lit-sets.ts";

it("lights what needs a node and what it needs, however far", () => {
  fc.assert(
    fc.property(arbitraryGraph(), ({ graph, nodeCount, edges }) => {
      const lit = new LitGraph(graph);
      const turned = edges.map(([from, to]): [number, number] => [to, from]);
      for (let node = 0; node < nodeCount; node++) {
        const needed = naiveReachable({ nodeCount, edges }, [node]);
        const needing = naiveReachable({ nodeCount, edges: turned }, [node]);
        const sets = lit.light(node);
        expect(sets).toMatchObject({ neededCount: needed.size - 1, needingCount: needing.size - 1 });
        for (let other = 0; other < nodeCount; other++) {
          expect([sets.needed[other] === 1, sets.needing[other] === 1]).toEqual([
            needed.has(other),
            needing.has(other),
          ]);
        }
      }
    }),
  );
});
