import { findClosureSizes } from "#lib/graph/closure-sizes.ts";
import { completeRoots } from "#lib/graph/complete-roots.ts";
import { distinctEdges } from "#lib/graph/distinct-edges.ts";
import { buildGraph, edgeCountOf, type Graph } from "#lib/graph/graph.ts";
import { findOrder } from "#lib/graph/ordering.ts";
import { findRanks } from "#lib/graph/ranks.ts";
import { findRetainedSizes } from "#lib/graph/retained-sizes.ts";
import type { GraphSnapshot, SnapshotEdges } from "#lib/model/snapshot.ts";

/** Everything that is derived from a graph once, at scan time. Arrays are by node index unless they say otherwise. */
export interface Measures {
  /** Bytes of everything reachable, the node included. */
  readonly closureSize: Float64Array;
  /** Bytes that would leave with the node. */
  readonly retainedSize: Float64Array;
  /** Distinct edges out and in; one to itself counts in both, as `nix-store -q --references` prints it. */
  readonly referenceCount: Int32Array;
  readonly referrerCount: Int32Array;
  /** 1 for each root the dominator tree hangs from: those of the snapshot, and those that complete them. */
  readonly root: Uint8Array;
  /** Immediate dominator, −1 directly under the virtual root above all roots. */
  readonly dominator: Int32Array;
  /** Column and place within it, for drawing. */
  readonly rank: Int32Array;
  readonly order: Int32Array;
  /** The edges, each (from, to) once. */
  readonly graph: Graph;
  /** By slot of `graph.targets`: the strongest evidence (lowest number) among the edges folded there. */
  readonly evidence: Uint8Array;
  readonly total: { readonly nodes: number; readonly edges: number; readonly bytes: number };
}

/** Measures a graph (MEASURES.md "One closure"). O(n + m) but for closure sizes: see docs/performance.md. */
export function measure({ selfSize, roots, edges }: Pick<GraphSnapshot, "selfSize" | "roots" | "edges">): Measures {
  const nodeCount = selfSize.length;
  const { graph, evidence } = foldEdges(nodeCount, edges);
  const allRoots = completeRoots(graph, roots);
  const rank = findRanks(graph, roots);
  const referrerCount = new Int32Array(nodeCount);
  for (const target of graph.targets) referrerCount[target]!++;
  return {
    closureSize: findClosureSizes(graph, selfSize),
    ...findRetainedSizes(graph, allRoots, selfSize),
    referenceCount: referrerCount.map((_, node) => edgeCountOf(graph, node)),
    referrerCount,
    root: markNodes(nodeCount, allRoots),
    rank,
    order: findOrder(graph, rank),
    graph,
    evidence,
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
