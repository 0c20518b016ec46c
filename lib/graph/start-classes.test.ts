import fc from "fast-check";
import { expect, it } from "vitest";
import { arbitraryGraph, naiveReachable, storeLikeGraph } from "#testing/builders/graphs.ts";
import { computeStartClasses } from "./start-classes.ts";

it("classes by starts agree with what each start reaches, on graphs with cycles and unreachable nodes", () => {
  fc.assert(
    fc.property(arbitraryGraph(40), fc.integer({ min: 0, max: 40 }), (random, count) => {
      // More starts than a word has bits.
      const starts = Array.from({ length: Math.min(count, random.nodeCount) }, (_, i) => random.nodeCount - 1 - i);
      const { classOf, count: classes, startsOf } = computeStartClasses(random.graph, starts);
      const reach = starts.map((start) => naiveReachable(random, [start]));
      for (let node = 0; node < random.nodeCount; node++) {
        expect(startsOf(classOf[node]!)).toEqual([...starts.keys()].filter((position) => reach[position]!.has(node)));
      }
      expect(new Set(classOf)).toEqual(new Set(Array(classes).keys()));
      const sets = Array.from({ length: classes }, (_, wanted) => startsOf(wanted).join());
      expect(new Set(sets).size).toBe(classes);
    }),
    { numRuns: 300 },
  );
});

it("classes of a large store with a thousand roots are disjoint and complete", () => {
  const graph = storeLikeGraph(100_000, 4);
  const starts = Array.from({ length: 1000 }, (_, i) => 99_999 - 7 * i);
  const { classOf, count, startsOf } = computeStartClasses(graph, starts);
  expect(classOf).toHaveLength(100_000);
  expect(startsOf(classOf[99_999]!)).toEqual([0]);
  expect(count).toBeGreaterThan(1000);
});
