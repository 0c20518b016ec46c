import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, type NaiveGraph, naiveReachable, seededRandom } from "#testing/builders/graphs.ts";
import { computeDominators, UNDER_VIRTUAL_ROOT, UNREACHED } from "./dominators.ts";

/** For each node, all others without which no root reaches it; `undefined` if none reaches it anyway. */
function naiveDominators(graph: NaiveGraph, roots: readonly number[]): (Set<number> | undefined)[] {
  const reached = naiveReachable(graph, roots);
  const dominators = Array.from({ length: graph.nodeCount }, (_, node) =>
    reached.has(node) ? new Set<number>() : undefined,
  );
  for (const gone of reached) {
    const stays = naiveReachable(graph, roots, (node) => node !== gone);
    for (const node of reached) if (node !== gone && !stays.has(node)) dominators[node]!.add(gone);
  }
  return dominators;
}

function listDominators(dominator: Int32Array, node: number): Set<number> | undefined {
  if (dominator[node] === UNREACHED) return undefined;
  const list = new Set<number>();
  for (let at = dominator[node]!; at >= 0; at = dominator[at]!) list.add(at);
  return list;
}

function expectDominators(graph: NaiveGraph, roots: readonly number[]): void {
  const { dominator } = computeDominators(graphOf(graph.nodeCount, graph.edges), roots);
  const found = Array.from({ length: graph.nodeCount }, (_, node) => listDominators(dominator, node));
  expect(found).toEqual(naiveDominators(graph, roots));
}

/** Long branches with few edges across and some back, so that paths must be compressed. */
function deepEdges(nodeCount: number, seed: number): [number, number][] {
  const random = seededRandom(seed);
  const edges: [number, number][] = [];
  for (let node = 1; node < nodeCount; node++) {
    edges.push([Math.max(0, node - 1 - Math.floor(random() * random() * 9)), node]);
    if (random() < 0.15) edges.push([Math.floor(random() * node), node]);
    if (random() < 0.1) edges.push([node, Math.floor(random() * node)]);
  }
  return edges;
}

describe("computeDominators", () => {
  it("finds all nodes on every path, for any cycles, self edges, roots and unreached nodes", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => expectDominators(random, random.roots)),
      { numRuns: 500 },
    );
  });

  it("finds them in deep graphs with back edges", () => {
    for (let seed = 1; seed <= 12; seed++) expectDominators({ nodeCount: 90, edges: deepEdges(90, seed) }, [0]);
  });

  it("gives each member of a cycle its own", () => {
    // 0 needs 1 and 2; 1 and 2 need each other; only 2 needs 3, and only the cycle and 0 need 2.
    const { dominator } = computeDominators(
      graphOf(4, [
        [0, 1],
        [0, 2],
        [1, 2],
        [2, 1],
        [2, 3],
      ]),
      [0],
    );
    expect([...dominator]).toEqual([UNDER_VIRTUAL_ROOT, 0, 0, 2]);
  });

  it("puts a node that two roots reach under neither", () => {
    const graph = graphOf(4, [
      [3, 1],
      [2, 1],
      [1, 0],
    ]);
    const found = (roots: number[]) => [...computeDominators(graph, roots).dominator];
    expect(found([2, 3])).toEqual([1, UNDER_VIRTUAL_ROOT, UNDER_VIRTUAL_ROOT, UNDER_VIRTUAL_ROOT]);
    expect(found([2])).toEqual([1, 2, UNDER_VIRTUAL_ROOT, UNREACHED]);
  });

  it("lists the reached nodes after their dominators", () => {
    fc.assert(
      fc.property(arbitraryGraph(), ({ graph, roots }) => {
        const { dominator, order } = computeDominators(graph, roots);
        const place = new Map([...order].map((node, at) => [node, at]));
        expect(place.size).toBe(dominator.filter((above) => above !== UNREACHED).length);
        for (const node of order) {
          if (dominator[node]! >= 0) expect(place.get(dominator[node]!)).toBeLessThan(place.get(node)!);
        }
      }),
    );
  });

  it("refuses a root that is not a node", () => {
    expect(() => computeDominators(graphOf(1, []), [1])).toThrow(RangeError);
  });
});
