import fc from "fast-check";
import { expect, it } from "vitest";
import { buildBreadthFirstTree } from "#lib/graph/breadth-first-tree.ts";
import { arbitraryGraph, naivePaths } from "#testing/builders/graphs.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import { byWeight, listWays } from "./ways.ts";

const toKept = (random: object, retainedSize: Float64Array) => ({ ...random, retainedSize }) as unknown as KeptGraph;

it("begins with a shortest of all paths, from the heaviest of the nearest roots, and the same wherever it is asked", () => {
  fc.assert(
    fc.property(arbitraryGraph(8), fc.nat(), (random, draw) => {
      const { graph, weights, nodeCount } = random;
      const roots = Int32Array.from(random.roots);
      const target = draw % nodeCount;
      const kept = toKept({ graph, roots }, weights);
      const [path] = listWays(kept, { target, limit: 1 }).paths;
      const all = naivePaths(random, random.roots, target);
      expect(path?.length).toBe(all[0]?.length);
      if (path === undefined) return;
      const nearest = all.filter(({ length }) => length === path.length).map(([start]) => weights[start!]!);
      expect(weights[path[0]!]).toBe(Math.max(...nearest));
      expect(listWays(kept, { target, limit: 5 }).paths[0]).toEqual(path);
      expect(treePath(buildBreadthFirstTree(graph, byWeight(kept, roots)), target)).toEqual(path);
    }),
  );
});

/** The path that suspects show. */
function treePath(parents: Int32Array, target: number): number[] {
  const path: number[] = [];
  for (let node = target; node >= 0; node = parents[node]!) path.push(node);
  return path.reverse();
}
