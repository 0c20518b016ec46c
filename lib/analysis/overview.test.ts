import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OVERVIEW_PORTION } from "#lib/model/overview.ts";
import { arbitraryGraph, storeLikeGraph, sumOf } from "#testing/builders/graphs.ts";
import { snapshotOf } from "#testing/builders/store-database.ts";
import { measure } from "./measure.ts";
import { chooseOverview, findJoined, MAX_PORTIONS, type OverviewQuestion } from "./overview.ts";

function questionOf(
  nodeCount: number,
  edges: readonly (readonly [number, number])[],
  weights: Float64Array,
): OverviewQuestion {
  const { graph, retainedSize, rank } = measure(snapshotOf({ nodeCount, edges, weights, roots: [] }));
  return { graph, selfSize: weights, importance: retainedSize, rank, joined: findJoined(graph), open: [], wanted: [] };
}

function storeQuestion(nodeCount = 3000): OverviewQuestion {
  const { offsets, targets } = storeLikeGraph(nodeCount, 5);
  const edges = Array.from({ length: nodeCount }, (_, from) => from).flatMap((from) =>
    [...targets.subarray(offsets[from]!, offsets[from + 1]!)].map((to): [number, number] => [from, to]),
  );
  return questionOf(
    nodeCount,
    edges,
    Float64Array.from({ length: nodeCount }, (_, i) => 1 + (i % 97)),
  );
}

describe("chooseOverview", () => {
  it("loses no node and no byte: columns and the nodes without edges add up to the whole", () => {
    fc.assert(
      fc.property(arbitraryGraph(30), ({ nodeCount, edges, weights }) => {
        const question = questionOf(nodeCount, edges, weights);
        const { columns, alone, matchingCount } = chooseOverview(question);
        const all = [...columns, alone];
        expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(nodeCount);
        expect(all.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(sumOf(weights.keys(), weights));
        expect(matchingCount).toBe(nodeCount);
        for (const node of alone.nodes) {
          expect(edges.some(([from, to]) => from !== to && (from === node || to === node))).toBe(false);
        }
      }),
    );
  });

  it("has nine columns of consecutive steps, each with those that retain most", () => {
    const question = storeQuestion();
    const { columns } = chooseOverview(question);
    expect(columns).toHaveLength(9);
    columns.slice(1).forEach(({ first }, i) => {
      expect(first).toBeGreaterThan(columns[i]!.last);
    });
    for (const { nodes, first, last } of columns) {
      const sizes = nodes.map((node) => question.importance[node]!);
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      for (const node of nodes) {
        expect(question.rank[node]).toBeGreaterThanOrEqual(first);
        expect(question.rank[node]).toBeLessThanOrEqual(last);
      }
    }
  });

  it("keeps every node in its column, whatever is filtered, opened or selected", () => {
    const question = storeQuestion();
    const matching = Uint8Array.from({ length: 3000 }, (_, node) => (node % 3 === 0 ? 1 : 0));
    const columnOf = (asked: Partial<OverviewQuestion>) =>
      new Map(
        chooseOverview({ ...question, ...asked }).columns.flatMap(({ nodes }, i) => nodes.map((node) => [node, i])),
      );
    const all = columnOf({});
    for (const asked of [{ matching }, { open: [2, 2, 5] }, { wanted: [2999, 1500] }]) {
      for (const [node, column] of columnOf(asked)) if (all.has(node)) expect(column).toBe(all.get(node));
    }
    expect([...columnOf({ matching }).keys()].every((node) => node % 3 === 0)).toBe(true);
  });

  it("adds the next nodes of an opened column, up to a limit, and a wanted node whatever its size", () => {
    const question = storeQuestion();
    const sizes = (asked: Partial<OverviewQuestion>) =>
      chooseOverview({ ...question, ...asked }).columns.map(({ nodes }) => nodes.length);
    const closed = sizes({});
    const opened = sizes({ open: [3, 3] });
    expect(opened[3]).toBe(closed[3]! + 2 * OVERVIEW_PORTION);
    expect(opened.toSpliced(3, 1)).toEqual(closed.toSpliced(3, 1));
    const { columns } = chooseOverview({ ...question, open: new Array(1000).fill(3) });
    expect(columns[3]!.opened).toBe(MAX_PORTIONS);
    const smallest = [...question.importance.keys()].sort(
      (a, b) => question.importance[a]! - question.importance[b]!,
    )[0]!;
    const wanted = chooseOverview({ ...question, wanted: [smallest] });
    expect([...wanted.columns, wanted.alone].some(({ nodes }) => nodes.includes(smallest))).toBe(true);
  });
});
