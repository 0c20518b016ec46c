import { measure } from "#lib/analysis/measure.ts";
import type { KeptGraph } from "#lib/answers/kept/graphs.ts";
import { reverse } from "#lib/graph/graph.ts";
import type { NaiveGraph } from "./graphs.ts";

interface NamedGraph extends NaiveGraph {
  readonly weights: Float64Array;
  readonly roots: readonly number[];
  readonly names: readonly string[];
}

/** A graph as pages have it in memory, measured as a scan does. Every edge is observed. */
export function keptGraphOf({ edges, weights, roots, names }: NamedGraph): KeptGraph {
  const from = Int32Array.from(edges, (edge) => edge[0]);
  const to = Int32Array.from(edges, (edge) => edge[1]);
  const evidence = new Uint8Array(edges.length);
  const detail = new Int32Array(edges.length);
  const found = { from, to, evidence, detail, details: [""] };
  const measured = measure({ selfSize: weights, roots: Int32Array.from(roots), edges: found });
  const nodes = names.map((name, node) => ({
    nodeIndex: node,
    id: `${name}-${node}`,
    kind: "store" as const,
    name,
    version: `${node}`,
    selfSize: weights[node]!,
    closureSize: measured.closureSize[node]!,
    retainedSize: measured.retainedSize[node]!,
    referenceCount: measured.referenceCount[node]!,
    referrerCount: measured.referrerCount[node]!,
    live: true,
    root: measured.root[node] === 1,
  }));
  return {
    ...measured,
    nodes,
    selfSize: weights,
    reversed: reverse(measured.graph),
    roots: Int32Array.from(nodes.filter(({ root }) => root).map(({ nodeIndex }) => nodeIndex)),
  };
}
