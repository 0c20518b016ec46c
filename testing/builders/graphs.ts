import fc from "fast-check";
import { buildGraph, type Graph } from "#lib/graph/graph.ts";

/** A small graph as a list of pairs, the way the naive oracles read it. */
export interface NaiveGraph {
  readonly nodeCount: number;
  readonly edges: readonly (readonly [number, number])[];
}

export interface RandomGraph extends NaiveGraph {
  readonly graph: Graph;
  readonly weights: Float64Array;
  readonly roots: readonly number[];
}

/** Graphs with cycles, self edges, repeated edges, several roots (or none) and nodes that no root reaches. */
export function arbitraryGraph(maxNodes = 14): fc.Arbitrary<RandomGraph> {
  return fc.integer({ min: 1, max: maxNodes }).chain((nodeCount) => {
    const node = fc.nat(nodeCount - 1);
    return fc
      .record({
        edges: fc.array(fc.tuple(node, node), { maxLength: 3 * nodeCount }),
        weights: fc.array(fc.nat(1000), { minLength: nodeCount, maxLength: nodeCount }),
        roots: fc.uniqueArray(node, { maxLength: 3 }),
      })
      .map(({ edges, weights, roots }) => ({
        nodeCount,
        edges,
        roots,
        graph: graphOf(nodeCount, edges),
        weights: Float64Array.from(weights),
      }));
  });
}

export function graphOf(nodeCount: number, edges: NaiveGraph["edges"]): Graph {
  const from = Int32Array.from(edges, (edge) => edge[0]);
  const to = Int32Array.from(edges, (edge) => edge[1]);
  return buildGraph({ nodeCount, from, to }).graph;
}

/** Repeatable numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A graph shaped like a store's: each item needs a few that nearly all need (a libc, a shell), some popular ones and some created
 * shortly before it, never a later one. About `edgesPerNode` edges per node.
 */
export function storeLikeGraph(nodeCount: number, edgesPerNode: number, seed = 1): Graph {
  const random = seededRandom(seed);
  const from = new Int32Array(nodeCount * edgesPerNode);
  const to = new Int32Array(nodeCount * edgesPerNode);
  let filled = 0;
  for (let node = 1; node < nodeCount; node++) {
    for (let i = 0; i < edgesPerNode; i++) {
      const draw = random();
      const reach =
        draw < 0.4
          ? random() ** 4 * Math.min(node, 3000)
          : draw < 0.9
            ? node - 1 - random() ** 2 * Math.min(node, 500)
            : random() * node;
      from[filled] = node;
      to[filled++] = Math.min(node - 1, Math.max(0, Math.floor(reach)));
    }
  }
  return buildGraph({ nodeCount, from: from.slice(0, filled), to: to.slice(0, filled) }).graph;
}

/** Everything reached from `starts` over edges between nodes for which `allowed` is true, by repeated sweeps over the list. */
export function naiveReachable({ edges }: NaiveGraph, starts: Iterable<number>, allowed = (_: number) => true) {
  const reached = new Set([...starts].filter(allowed));
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const [from, to] of edges) if (reached.has(from) && allowed(to)) reached.add(to);
  }
  return reached;
}

export function naiveComponent(graph: NaiveGraph, node: number): Set<number> {
  const reached = naiveReachable(graph, [node]);
  return new Set([...reached].filter((other) => naiveReachable(graph, [other]).has(node)));
}

export function sumOf(nodes: Iterable<number>, weights: Float64Array): number {
  let sum = 0;
  for (const node of nodes) sum += weights[node]!;
  return sum;
}

/** The nodes that leave with a node: all that the roots reach, minus those they reach without the node. */
export function naiveRetained(graph: NaiveGraph, roots: Iterable<number>, gone: number): Set<number> {
  const starts = [...roots];
  const stays = naiveReachable(graph, starts, (other) => other !== gone);
  return new Set([...naiveReachable(graph, starts)].filter((other) => !stays.has(other)));
}

/** All simple paths between the starts and the target, shortest first. */
export function naivePaths({ edges }: NaiveGraph, starts: readonly number[], target: number): number[][] {
  const found: number[][] = [];
  const waiting = [...new Set(starts)].map((start) => [start]);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const last = path.at(-1)!;
    if (last === target) found.push(path);
    else {
      const next = new Set(edges.filter(([from, to]) => from === last && !path.includes(to)).map((edge) => edge[1]));
      for (const to of next) waiting.push([...path, to]);
    }
  }
  return found;
}
