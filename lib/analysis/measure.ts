import { computeClosureSizes } from "#lib/graph/closure-sizes.ts";
import { completeRoots } from "#lib/graph/complete-roots.ts";
import { distinctEdges } from "#lib/graph/distinct-edges.ts";
import { buildGraph, edgeCountOf } from "#lib/graph/graph.ts";
import type { MeasuredGraph } from "#lib/graph/measured-graph.ts";
import { computeOrder } from "#lib/graph/ordering.ts";
import { computeRanks } from "#lib/graph/ranks.ts";
import { computeRetainedSizes } from "#lib/graph/retained-sizes.ts";
import { computeSection } from "#lib/graph/section/section.ts";
import type { GraphSnapshot, SnapshotEdges } from "#lib/model/snapshot.ts";

/** A measured graph and its totals: distinct edges, bytes of all nodes. */
export interface Measures extends MeasuredGraph {
  readonly total: { readonly nodes: number; readonly edges: number; readonly bytes: number };
}

/** Measures a graph. O(n + m) except for closure sizes: see docs/performance.md. */
export function measure({ selfSize, roots, edges }: Pick<GraphSnapshot, "selfSize" | "roots" | "edges">): Measures {
  const nodeCount = selfSize.length;
  const { graph, evidence } = foldEdges(nodeCount, edges);
  const allRoots = completeRoots(graph, roots);
  // Stand-ins too: whoever looks for the roots finds all of them on the left.
  const rank = computeRanks(graph, allRoots);
  const retained = computeRetainedSizes(graph, allRoots, selfSize);
  const referrerCount = new Int32Array(nodeCount);
  for (const target of graph.targets) referrerCount[target]!++;
  return {
    closureSize: computeClosureSizes(graph, selfSize),
    ...retained,
    referenceCount: referrerCount.map((_, node) => edgeCountOf(graph, node)),
    referrerCount,
    root: markNodes(nodeCount, allRoots),
    rank,
    order: computeOrder(graph, rank),
    graph,
    evidence,
    section: computeSection({ graph, roots: allRoots, selfSize, dominator: retained.dominator }),
    total: { nodes: nodeCount, edges: graph.edgeCount, bytes: selfSize.reduce((sum, bytes) => sum + bytes, 0) },
  };
}

function foldEdges(nodeCount: number, { from, to, evidence }: SnapshotEdges) {
  const built = buildGraph({ nodeCount, from, to });
  const { graph, slotOf } = distinctEdges(built.graph);
  const strongest = new Uint8Array(graph.edgeCount).fill(255);
  for (let slot = 0; slot < slotOf.length; slot++) {
    const known = evidence[built.edgeOrder[slot]!]!;
    const folded = slotOf[slot]!;
    if (known < strongest[folded]!) strongest[folded] = known;
  }
  return { graph, evidence: strongest };
}

function markNodes(nodeCount: number, nodes: Int32Array): Uint8Array {
  const marks = new Uint8Array(nodeCount);
  for (const node of nodes) marks[node] = 1;
  return marks;
}
