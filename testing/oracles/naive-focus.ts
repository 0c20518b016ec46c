import { type NaiveGraph, naiveRetained } from "#testing/builders/graphs.ts";

export interface NaiveParts {
  readonly up: ReadonlySet<number>;
  readonly own: ReadonlySet<number>;
  readonly shared: ReadonlySet<number>;
}

/** The members of the parts around a node: what leaves with it, by removing it; the rest by sweeping the list of edges. */
export function naiveParts(graph: NaiveGraph, roots: Iterable<number>, node: number, steps: number): NaiveParts {
  const own = naiveRetained(graph, roots, node);
  own.delete(node);
  const backwards = graph.edges.map(([from, to]) => [to, from] as const);
  const shared = [...naiveWithin(graph.edges, node, steps)].filter((other) => !own.has(other));
  return { up: naiveWithin(backwards, node, steps), own, shared: new Set(shared) };
}

/** What a node reaches within some steps, without the node. */
export function naiveWithin(edges: NaiveGraph["edges"], node: number, steps: number): Set<number> {
  let reached = new Set([node]);
  for (let step = 0; step < steps; step++) {
    const next = edges.filter(([from]) => reached.has(from)).map((edge) => edge[1]);
    const before = reached.size;
    reached = new Set([...reached, ...next]);
    if (reached.size === before) break;
  }
  reached.delete(node);
  return reached;
}
