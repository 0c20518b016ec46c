import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph } from "#testing/builders/graphs.ts";
import { distinctEdges } from "./distinct-edges.ts";
import { buildGraph, edgeCountOf, findSlot, type Graph, reverse, targetsOf } from "./graph.ts";

const listEdges = (graph: Graph): [number, number][] =>
  Array.from({ length: graph.nodeCount }, (_, node) => node).flatMap((node) =>
    [...graph.targets.subarray(graph.offsets[node]!, graph.offsets[node + 1]!)].map((to): [number, number] => [
      node,
      to,
    ]),
  );
const sorted = (edges: readonly (readonly [number, number])[]) => edges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);

describe("buildGraph", () => {
  it("keeps every edge, repeats and self edges too, rows ascending", () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ graph, edges }) => {
        expect(listEdges(graph)).toEqual(sorted(edges).map((edge) => [...edge]));
      }),
    );
  });

  it("returns the input edge of each slot, repeats in their input order", () => {
    const built = buildGraph({ nodeCount: 3, from: Int32Array.of(2, 0, 2, 0), to: Int32Array.of(1, 2, 1, 0) });
    expect([...built.graph.targets]).toEqual([0, 2, 1, 1]);
    expect([...built.edgeOrder]).toEqual([3, 1, 0, 2]);
  });

  it("refuses an edge end that is not a node", () => {
    const build = (from: number, to: number) =>
      buildGraph({ nodeCount: 2, from: Int32Array.of(from), to: Int32Array.of(to) });
    expect(() => build(0, 2)).toThrow(RangeError);
    expect(() => build(-1, 0)).toThrow(RangeError);
  });

  it("refuses columns of different lengths", () => {
    expect(() => buildGraph({ nodeCount: 2, from: Int32Array.of(0), to: Int32Array.of() })).toThrow(RangeError);
  });

  it("builds the empty graph", () => {
    const { graph } = buildGraph({ nodeCount: 0, from: Int32Array.of(), to: Int32Array.of() });
    expect(graph).toMatchObject({ nodeCount: 0, edgeCount: 0 });
  });
});

describe("reverse", () => {
  it("reverses every edge, rows ascending", () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ graph, edges }) => {
        expect(listEdges(reverse(graph))).toEqual(sorted(edges.map(([from, to]): [number, number] => [to, from])));
      }),
    );
  });
});

describe("distinctEdges", () => {
  it("keeps each (from, to) once and returns the new slot of each", () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ graph, nodeCount, edges }) => {
        const { graph: distinct, slotOf } = distinctEdges(graph);
        const pairs = new Set(edges.map((edge) => edge.join()));
        expect(listEdges(distinct).map((edge) => edge.join())).toEqual(
          sorted(edges)
            .map((edge) => edge.join())
            .filter((pair, i, all) => all[i - 1] !== pair),
        );
        expect(distinct.edgeCount).toBe(pairs.size);
        for (let slot = 0; slot < graph.edgeCount; slot++)
          expect(distinct.targets[slotOf[slot]!]).toBe(graph.targets[slot]);
        for (let node = 0; node < nodeCount; node++)
          expect(edgeCountOf(distinct, node)).toBe(
            new Set(edges.filter((edge) => edge[0] === node).map((edge) => edge[1])).size,
          );
      }),
    );
  });
});

it("finds a slot of every edge, and none of any other pair", () => {
  fc.assert(
    fc.property(arbitraryGraph(), ({ graph }) => {
      const nodes = [...Array(graph.nodeCount).keys()];
      for (const from of nodes) {
        const targets = [...targetsOf(graph, from)];
        expect(targets).toHaveLength(edgeCountOf(graph, from));
        for (const to of nodes) {
          const slot = findSlot(graph, from, to);
          expect(slot >= 0).toBe(targets.includes(to));
          if (slot >= 0)
            expect([graph.targets[slot], slot - graph.offsets[from]! < targets.length]).toEqual([to, true]);
        }
      }
    }),
  );
});
