import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, type RandomGraph, storeLikeGraph, sumOf } from "#testing/builders/graphs.ts";
import { snapshotOf } from "#testing/builders/store-database.ts";
import { measure } from "./measure.ts";
import {
  CHAIN_LIMIT,
  chooseVisible,
  largestNodes,
  MAX_ELEMENTS,
  MAX_NODES,
  PORTION,
  type VisibleQuestion,
} from "./visible.ts";
import { placeVisible } from "./visible-places.ts";

type Graph = Pick<RandomGraph, "nodeCount" | "edges" | "weights" | "roots">;

function measured(graph: Graph): Omit<VisibleQuestion, "expanded"> {
  return { ...measure(snapshotOf(graph)), selfSize: graph.weights };
}

/** One root that dominates every other node, as deep as it is long. */
function chain(length: number): Graph {
  const edges = Array.from({ length: length - 1 }, (_, i): [number, number] => [i, i + 1]);
  return { nodeCount: length, edges, weights: new Float64Array(length).fill(1), roots: [0] };
}

function star(leaves: number): Graph {
  const edges = Array.from({ length: leaves }, (_, i): [number, number] => [0, i + 1]);
  return { nodeCount: leaves + 1, edges, weights: Float64Array.from({ length: leaves + 1 }, (_, i) => i), roots: [0] };
}

describe("chooseVisible", () => {
  const questions = fc.record({
    graph: arbitraryGraph(40),
    limit: fc.nat(12),
    expanded: fc.array(fc.integer({ min: -1, max: 39 }), { maxLength: 3 }),
    focus: fc.option(fc.nat(39), { nil: undefined }),
  });
  const choose = ({ graph, limit, expanded, focus }: typeof questions extends fc.Arbitrary<infer T> ? T : never) => {
    const inside = (node: number) => node % graph.nodeCount;
    return chooseVisible({
      ...measured(graph),
      limit,
      expanded: expanded.map(inside),
      focus: focus === undefined ? undefined : inside(focus),
    });
  };

  it("loses no byte and no node: drawn and grouped nodes add up to the whole", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { nodes, groups } = choose(question);
        const { weights, nodeCount } = question.graph;
        expect(new Set(nodes).size).toBe(nodes.length);
        expect(nodes.length + groups.reduce((sum, group) => sum + group.count, 0)).toBe(nodeCount);
        const grouped = groups.reduce((sum, group) => sum + group.bytes, 0);
        expect(sumOf(nodes, weights) + grouped).toBe(sumOf(weights.keys(), weights));
      }),
    );
  });

  it("draws the dominators of every drawn node, and puts each group under a drawn node", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { nodes, parents, groups } = choose(question);
        const { dominator } = measured(question.graph);
        expect(parents).toEqual(nodes.map((node) => dominator[node]));
        for (const { parent, top } of groups) {
          if (parent >= 0) expect(nodes).toContain(parent);
          for (const member of top) expect(nodes).not.toContain(member);
        }
        expect(new Set(groups.map((group) => group.parent)).size).toBe(groups.length);
      }),
    );
  });

  it("makes no group of one node", () => {
    fc.assert(
      fc.property(questions, (question) => {
        for (const { count } of choose(question).groups) expect(count).toBeGreaterThan(1);
      }),
    );
  });

  it("draws the requested node", () => {
    fc.assert(
      fc.property(questions, (question) => {
        if (question.focus === undefined) return;
        expect(choose(question).nodes).toContain(question.focus % question.graph.nodeCount);
      }),
    );
  });

  it("draws references between elements as one edge per pair, and counts them", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { nodes, edges, cutEdges } = choose(question);
        expect(cutEdges).toBe(0);
        expect(new Set(edges.map(({ from, to }) => `${from},${to}`)).size).toBe(edges.length);
        const drawn = edges.filter(({ from, to }) => Math.max(from, to) < nodes.length);
        const expected = question.graph.edges.filter(([a, b]) => a !== b && nodes.includes(a) && nodes.includes(b));
        const pairs = drawn.map(({ from, to }) => `${nodes[from]},${nodes[to]}`);
        expect(new Set(pairs)).toEqual(new Set(expected.map((edge) => edge.join())));
      }),
    );
  });

  it("never draws more than its limit of elements, and counts the edges it cut", () => {
    const nodeCount = 5000;
    const graph = storeLikeGraph(nodeCount, 10);
    const edges = Array.from({ length: nodeCount }, (_, node) => node).flatMap((node) =>
      [...graph.targets.subarray(graph.offsets[node]!, graph.offsets[node + 1]!)].map((to): [number, number] => [
        node,
        to,
      ]),
    );
    const weights = Float64Array.from({ length: nodeCount }, (_, i) => 1 + (i % 97));
    const question = measured({ nodeCount, edges, weights, roots: [] });
    const { nodes, groups, edges: drawn, cutEdges } = chooseVisible({ ...question, expanded: [-1, -1, -1] });
    expect(nodes.length).toBeGreaterThan(300);
    expect(nodes.length + groups.length + drawn.length).toBe(MAX_ELEMENTS);
    expect(cutEdges).toBeGreaterThan(0);
    expect(
      groups.every((group, i) =>
        drawn.some(({ to, kind }) => group.parent === -1 || (kind === "holds" && to === nodes.length + i)),
      ),
    ).toBe(true);
  });

  it("marks edges that a longer path over drawn nodes makes redundant", () => {
    const edges: [number, number][] = [
      [0, 1],
      [1, 2],
      [0, 2],
    ];
    const graph = { nodeCount: 3, edges, weights: Float64Array.of(1, 1, 1), roots: [0] };
    const visible = chooseVisible({ ...measured(graph), expanded: [] });
    const marked = visible.edges.filter((edge) => edge.transitive);
    expect(marked.map(({ from, to }) => [visible.nodes[from], visible.nodes[to]])).toEqual([[0, 2]]);
  });

  it("opens a group a portion at a time, largest first", () => {
    const question = measured(star(200));
    const shown = (expanded: number[]) => chooseVisible({ ...question, limit: 1, expanded });
    expect(shown([]).groups).toMatchObject([{ parent: 0, count: 200, top: [200, 199, 198, 197, 196] }]);
    expect(shown([0]).nodes.slice(0, 3)).toEqual([0, 200, 199]);
    expect(shown([0]).groups).toMatchObject([{ parent: 0, count: 200 - PORTION }]);
    expect(shown([0, 0]).groups).toMatchObject([{ parent: 0, count: 200 - 2 * PORTION }]);
  });

  it("stops at its limit of nodes however many groups are opened, and reports it", () => {
    const { nodes, full } = chooseVisible({ ...measured(star(2000)), expanded: Array.from({ length: 20 }, () => 0) });
    expect([nodes.length, full]).toEqual([MAX_NODES, true]);
  });

  it("shows the near end of a chain of dominators that is too long to draw", () => {
    const { nodes, parents, full } = chooseVisible({ ...measured(chain(5000)), expanded: [], focus: 4000 });
    expect(nodes).toContain(4000);
    expect(nodes).toContain(4000 - CHAIN_LIMIT + 1);
    expect(nodes).not.toContain(4000 - CHAIN_LIMIT);
    expect(parents[nodes.indexOf(4000 - CHAIN_LIMIT + 1)]).toBe(299);
    expect(full).toBe(true);
  });
});

describe("largestNodes", () => {
  it("selects the same nodes as a full sort", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 30 }), fc.nat(12), (values, limit) => {
        const sorted = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b);
        expect(largestNodes(Float64Array.from(values), limit)).toEqual(sorted.slice(0, limit));
      }),
    );
  });
});

describe("placeVisible", () => {
  it("gives every element a separate position", () => {
    const visible = chooseVisible({ ...measured(star(500)), expanded: [0] });
    const { x, y } = placeVisible(visible);
    expect(x.length).toBe(visible.nodes.length + visible.groups.length);
    expect(new Set([...x].map((value, i) => `${value} ${y[i]!.toFixed(6)}`)).size).toBe(x.length);
  });

  it("is to the right of its referrers", () => {
    const graph: Graph = {
      nodeCount: 3,
      edges: [
        [0, 1],
        [1, 2],
        [0, 2],
      ],
      weights: Float64Array.of(1, 1, 1),
      roots: [0],
    };
    const visible = chooseVisible({ ...measured(graph), expanded: [] });
    const { x } = placeVisible(visible);
    for (const { from, to } of visible.edges) expect(x[from]).toBeLessThan(x[to]!);
  });

  it("places the only node of a graph without edges", () => {
    const visible = chooseVisible({
      ...measured({ nodeCount: 1, edges: [], weights: Float64Array.of(1), roots: [] }),
      expanded: [],
    });
    expect([...placeVisible(visible).x]).toEqual([0]);
  });
});
