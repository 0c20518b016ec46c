import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf } from "#testing/builders/graphs.ts";
import { computeRetainedChanges, edgeSides, IN_LEFT, IN_RIGHT, type SideGraph, uniteGraphs } from "./united-graph.ts";

/** A random graph whose nodes are in distinct rows of `rowCount`. */
function arbitrarySide(rowCount: number): fc.Arbitrary<SideGraph & { pairs: Set<string> }> {
  const rows = Array.from({ length: rowCount }, (_, row) => row);
  return fc
    .tuple(arbitraryGraph(rowCount), fc.shuffledSubarray(rows, { minLength: rowCount }))
    .map(([{ graph, roots, nodeCount, edges }, order]) => {
      const rowOf = Int32Array.from(order.slice(0, nodeCount));
      return { graph, roots, rowOf, pairs: new Set(edges.map(([from, to]) => `${rowOf[from]} ${rowOf[to]}`)) };
    });
}

const ROWS = 9;

describe("uniteGraphs", () => {
  it("has each edge of either side once, with its side", () => {
    fc.assert(
      fc.property(arbitrarySide(ROWS), arbitrarySide(ROWS), (left, right) => {
        const united = uniteGraphs(ROWS, left, right);
        for (let from = 0; from < ROWS; from++) {
          for (let to = 0; to < ROWS; to++) {
            const pair = `${from} ${to}`;
            const bits = (left.pairs.has(pair) ? IN_LEFT : 0) | (right.pairs.has(pair) ? IN_RIGHT : 0);
            expect(edgeSides(united, from, to)).toBe(bits);
          }
        }
        expect(united.graph.edgeCount).toBe(left.pairs.union(right.pairs).size);
      }),
    );
  });

  it("keeps each side's roots, numbered by row", () => {
    fc.assert(
      fc.property(arbitrarySide(ROWS), arbitrarySide(ROWS), (left, right) => {
        const united = uniteGraphs(ROWS, left, right);
        expect([...united.left.roots]).toEqual(Array.from(left.roots, (root) => left.rowOf[root]!).sort());
        expect([...united.right.roots]).toEqual(Array.from(right.roots, (root) => right.rowOf[root]!).sort());
      }),
    );
  });
});

describe("computeRetainedChanges", () => {
  const identity = Int32Array.from([0, 1, 2, 3]);

  it("gives a change to the row that alone leads to it on both sides together", () => {
    // Left: 0 → 1 → 3. Right: 0 → 1 → 3 and 0 → 2 → 3: since 2 was added, 1 no longer alone leads to 3.
    const left = {
      graph: graphOf(4, [
        [0, 1],
        [1, 3],
      ]),
      roots: [0],
      rowOf: identity,
    };
    const right = {
      graph: graphOf(4, [
        [0, 1],
        [0, 2],
        [1, 3],
        [2, 3],
      ]),
      roots: [0],
      rowOf: identity,
    };
    const bytes = Float64Array.from([0, 0, 5, 7]);
    expect([...computeRetainedChanges(uniteGraphs(4, left, left), bytes).retainedSize]).toEqual([7, 7, 5, 7]);
    expect([...computeRetainedChanges(uniteGraphs(4, left, right), bytes).retainedSize]).toEqual([12, 0, 5, 7]);
  });

  it("gives each row its own change if two acyclic graphs make a cycle together", () => {
    // Left: 0 → 1 → 2. Right: 0 → 2 → 1. United, 1 and 2 need each other, and neither alone leads to the other.
    const [left, right] = [
      [
        [0, 1],
        [1, 2],
      ],
      [
        [0, 2],
        [2, 1],
      ],
    ].map((edges) => ({ graph: graphOf(4, edges as [number, number][]), roots: [0], rowOf: identity }));
    const bytes = Float64Array.from([0, 5, 7, 0]);
    expect([...computeRetainedChanges(uniteGraphs(4, left!, right!), bytes).retainedSize]).toEqual([12, 5, 7, 0]);
  });
});
