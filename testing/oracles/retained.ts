import type { Graph, NodeList } from "#lib/graph/graph.ts";

/**
 * Σ weights of the nodes that leave with each node: for each, walks everything the roots reach without it. O(n · m): seconds for
 * a real graph. Does not use dominators.
 */
export function bruteForceRetained(graph: Graph, roots: NodeList, weights: Float64Array): Float64Array {
  const walker = new Walker(graph, roots, weights);
  const whole = walker.sumWithout(-1);
  return Float64Array.from({ length: graph.nodeCount }, (_, node) => whole - walker.sumWithout(node));
}

class Walker {
  /** The round in which each node was last seen. */
  readonly #seen: Int32Array;
  readonly #waiting: Int32Array;
  readonly #graph: Graph;
  readonly #roots: NodeList;
  readonly #weights: Float64Array;
  #round = 0;

  constructor(graph: Graph, roots: NodeList, weights: Float64Array) {
    this.#graph = graph;
    this.#roots = roots;
    this.#weights = weights;
    this.#seen = new Int32Array(graph.nodeCount);
    this.#waiting = new Int32Array(graph.nodeCount);
  }

  /** Σ weights of what the roots reach without passing `gone`. */
  sumWithout(gone: number): number {
    const { offsets, targets } = this.#graph;
    const seen = this.#seen;
    const waiting = this.#waiting;
    const round = ++this.#round;
    if (gone >= 0) seen[gone] = round;
    let length = 0;
    let sum = 0;
    const enter = (node: number) => {
      if (seen[node] === round) return;
      seen[node] = round;
      sum += this.#weights[node]!;
      waiting[length++] = node;
    };
    for (const root of this.#roots) enter(root);
    while (length > 0) {
      const node = waiting[--length]!;
      for (let slot = offsets[node]!; slot < offsets[node + 1]!; slot++) enter(targets[slot]!);
    }
    return sum;
  }
}
