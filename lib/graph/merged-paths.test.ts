import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naivePaths, naiveReachable } from "#testing/builders/graphs.ts";
import { type MergedPaths, mergePaths } from "./merged-paths.ts";

const reachIn = ({ nodes, edges }: MergedPaths, starts: readonly number[]) =>
  naiveReachable(
    { nodeCount: nodes.length, edges: edges.map(({ from, to }) => [from, to] as const) },
    starts.map((start) => nodes.indexOf(start)).filter((at) => at >= 0),
  );

describe("mergePaths", () => {
  it("has the nodes and edges between the starts and the target, on graphs with cycles and unreachable nodes", () => {
    fc.assert(
      fc.property(arbitraryGraph(8), fc.nat(7), fc.integer({ min: 1, max: 8 }), (random, drawn, limit) => {
        const target = drawn % random.nodeCount;
        const merged = mergePaths({
          graph: random.graph,
          starts: random.roots,
          target,
          weights: random.weights,
          limit,
        });
        const reached = naiveReachable(random, random.roots);
        const between = [...reached].filter((node) => naiveReachable(random, [node]).has(target));
        const isReached = reached.has(target);
        expect([merged.count, merged.nodes.length]).toEqual(
          isReached ? [between.length, Math.min(limit, between.length)] : [0, 0],
        );
        expect(new Set(merged.nodes).isSubsetOf(new Set(between))).toBe(true);
        expect(merged.nodes.includes(target)).toBe(isReached);
        for (const [at, node] of merged.nodes.entries()) {
          const before = new Set(random.edges.filter(([, to]) => to === node).map(([from]) => from));
          const others = between.filter((other) => before.has(other) && !merged.nodes.includes(other));
          expect(merged.leftOut[at]).toBe(others.length);
        }
        // A kept node reaches what it reaches in the whole graph.
        for (const [at, node] of merged.nodes.entries()) {
          const whole = naiveReachable(random, [node]);
          const kept = [...merged.nodes.keys()].filter((other) => whole.has(merged.nodes[other]!));
          expect(reachIn(merged, [node])).toEqual(new Set([at, ...kept]));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keeps whole shortest paths first", () => {
    fc.assert(
      fc.property(arbitraryGraph(8), fc.nat(7), (random, drawn) => {
        const target = drawn % random.nodeCount;
        const shortest = naivePaths(random, random.roots, target)[0];
        if (shortest === undefined) return;
        const { nodes } = mergePaths({
          graph: random.graph,
          starts: random.roots,
          target,
          weights: random.weights,
          limit: random.nodeCount,
        });
        const lengths = naivePaths(random, random.roots, target).filter((path) => path.length === shortest.length);
        const onShortest = new Set(lengths.flat());
        expect(new Set(nodes.slice(0, onShortest.size))).toEqual(onShortest);
        expect(nodes[0]).toBe(target);
      }),
    );
  });

  it("stands for paths over others by an indirect edge", () => {
    // 0 → 1 → 4, and 0 → 2 → 3 → 4.
    const graph = graphOf(5, [
      [0, 1],
      [1, 4],
      [0, 2],
      [2, 3],
      [3, 4],
    ]);
    const search = { graph, starts: [0], target: 4, weights: new Float64Array(5) };
    expect(mergePaths({ ...search, limit: 3 })).toEqual({
      nodes: [4, 1, 0],
      count: 5,
      edges: [
        { from: 1, to: 0, indirect: false },
        { from: 2, to: 1, indirect: false },
      ],
      leftOut: [1, 0, 0],
    });
    expect(mergePaths({ ...search, limit: 4 }).edges.filter(({ indirect }) => indirect)).toEqual([
      { from: 2, to: 3, indirect: true },
    ]);
  });
});
