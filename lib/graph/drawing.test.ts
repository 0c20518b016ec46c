import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naiveComponent, seededRandom } from "#testing/builders/graphs.ts";
import { computeOrder } from "./ordering.ts";
import { computeRanks } from "./ranks.ts";

describe("computeRanks", () => {
  it("leads every edge outside cycles to a higher rank, and keeps a cycle in one", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const rank = computeRanks(random.graph, random.roots);
        for (const [from, to] of random.edges) {
          if (naiveComponent(random, from).has(to)) expect(rank[from]).toBe(rank[to]);
          else expect(rank[from]).toBeLessThan(rank[to]!);
        }
        expect(Math.min(...rank)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("draws nodes without referrers next to their child, except roots", () => {
    const graph = graphOf(5, [
      [0, 1],
      [1, 2],
      [2, 3],
      [4, 3],
    ]);
    expect([...computeRanks(graph, [0])]).toEqual([0, 1, 2, 3, 2]);
    expect([...computeRanks(graph, [0, 4])]).toEqual([0, 1, 2, 3, 0]);
  });
});

describe("computeOrder", () => {
  it("numbers each rank's nodes from 0 without a gap", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const rank = computeRanks(random.graph, random.roots);
        const order = computeOrder(random.graph, rank);
        for (const r of new Set(rank)) {
          const places = [...order].filter((_, node) => rank[node] === r).sort((a, b) => a - b);
          expect(places).toEqual(places.map((_, i) => i));
        }
      }),
    );
  });

  it("removes avoidable crossings", () => {
    const crossed: [number, number][] = [
      [0, 7],
      [1, 6],
      [2, 5],
      [3, 4],
    ];
    const graph = graphOf(8, crossed);
    const rank = computeRanks(graph, []);
    expect(countCrossings(crossed, rank, computeOrder(graph, rank))).toBe(0);
  });

  it("draws a tree without crossings, however its nodes are numbered", () => {
    const random = seededRandom(5);
    const names = Array.from({ length: 127 }, (_, i) => i).sort(() => random() - 0.5);
    const edges = Array.from({ length: 126 }, (_, i): [number, number] => [names[i >> 1]!, names[i + 1]!]);
    const graph = graphOf(127, edges);
    const rank = computeRanks(graph, []);
    expect(countCrossings(edges, rank, computeOrder(graph, rank))).toBe(0);
  });
});

/** Pairs of edges between the same two ranks whose ends are in opposite orders. */
function countCrossings(edges: readonly [number, number][], rank: Int32Array, order: Int32Array): number {
  let crossings = 0;
  for (const [a, b] of edges) {
    for (const [c, d] of edges) {
      if (rank[a] === rank[c] && rank[b] === rank[d] && order[a]! < order[c]! && order[b]! > order[d]!) crossings++;
    }
  }
  return crossings;
}
