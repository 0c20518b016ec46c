import { listEdges } from "#lib/db/queries/list-edges.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { findSlot } from "#lib/graph/graph.ts";
import type { KeptGraph } from "./graphs.ts";

const loaded = new WeakMap<KeptGraph, Promise<Uint8Array>>();

/**
 * All kinds of evidence for each edge of a graph, by slot: bit e for evidence e. The graph itself has only the strongest. Loaded with
 * the first question, and kept as long as the graph.
 */
export function loadAllEvidence(db: Queryable, artifactId: number, graph: KeptGraph): Promise<Uint8Array> {
  const known = loaded.get(graph);
  if (known !== undefined) return known;
  const loading = readAll(db, artifactId, graph);
  loaded.set(graph, loading);
  loading.catch(() => loaded.delete(graph));
  return loading;
}

/** Statements of an image or an SBOM; a closure has none, and its references have one kind. */
async function readAll(db: Queryable, artifactId: number, { graph, evidence }: KeptGraph): Promise<Uint8Array> {
  const bits = evidence.map((strongest) => 1 << strongest);
  const stated = await listEdges(db, artifactId);
  for (let row = 0; row < stated.from.length; row++) {
    const slot = findSlot(graph, stated.from[row]!, stated.to[row]!);
    if (slot >= 0) bits[slot]! |= 1 << stated.evidence[row]!;
  }
  return bits;
}
