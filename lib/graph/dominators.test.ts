import { describe, expect, it } from "vitest";
import { graphOf, naiveReachable, seededRandom } from "#lib/testing/graphs.ts";
import { findDominators, UNDER_VIRTUAL_ROOT, UNREACHED } from "./dominators.ts";

/** Acyclic, numbered against its edges, and deep: mostly a tree of long branches, with a few edges across. */
function deepEdges(nodeCount: number, seed: number): [number, number][] {
  const random = seededRandom(seed);
  const edges: [number, number][] = [];
  for (let node = nodeCount - 2; node >= 0; node--) {
    const parents = random() < 0.15 ? 2 : 1;
    for (let i = 0; i < parents; i++) {
      edges.push([Math.min(nodeCount - 1, node + 1 + Math.floor(random() * random() * 9)), node]);
    }
  }
  return edges;
}

/** For each node the nodes without which the root no longer reaches it: the last of them, numbered lowest. */
function naiveDominators(nodeCount: number, edges: [number, number][], root: number): number[] {
  const dominator = new Array<number>(nodeCount).fill(UNDER_VIRTUAL_ROOT);
  for (let gone = nodeCount - 1; gone >= 0; gone--) {
    const stays = naiveReachable({ nodeCount, edges }, [root], (node) => node !== gone);
    for (let node = 0; node < gone; node++) if (!stays.has(node)) dominator[node] = gone;
  }
  return dominator;
}

describe("findDominators", () => {
  it("finds the last node that every path passes, in trees deep enough for its skip pointers to skip", () => {
    const nodeCount = 90;
    for (let seed = 1; seed <= 12; seed++) {
      const edges = deepEdges(nodeCount, seed);
      const found = findDominators(graphOf(nodeCount, edges), [nodeCount - 1]);
      expect([...found]).toEqual(naiveDominators(nodeCount, edges, nodeCount - 1));
    }
  });

  it("hangs what two roots reach under neither", () => {
    const graph = graphOf(4, [
      [3, 1],
      [2, 1],
      [1, 0],
    ]);
    expect([...findDominators(graph, [2, 3])]).toEqual([1, UNDER_VIRTUAL_ROOT, UNDER_VIRTUAL_ROOT, UNDER_VIRTUAL_ROOT]);
    expect([...findDominators(graph, [2])]).toEqual([1, 2, UNDER_VIRTUAL_ROOT, UNREACHED]);
  });
});
