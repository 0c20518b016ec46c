import { loadReferences } from "#lib/db/queries/load-references.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { findCycles } from "#lib/graph/cycles.ts";
import { KeptByUse } from "../kept/by-use.ts";

/** Nodes of cached answers: a byte each. */
const KEPT_NODES = 10_000_000;

const kept = new KeptByUse<Uint8Array>(KEPT_NODES, ({ length }) => length);

/**
 * By node: 1 if it and others need each other, as in the list of cycles. Empty for an artifact without a graph. O(n + m) for the first
 * question about an artifact, from its references alone: the list of nodes must not wait for a whole graph with its names.
 */
export async function answerCycleMembers(db: Queryable, artifactId: number): Promise<Uint8Array> {
  const members = await kept.get(artifactId, async () => {
    const graph = await loadReferences(db, artifactId);
    return graph === undefined
      ? new Uint8Array(0)
      : Uint8Array.from(findCycles(graph).cycleOf, (cycle) => +(cycle >= 0));
  });
  // The graph may be written later: migrate --rebuild.
  if (members.length === 0) kept.forget(artifactId);
  return members;
}
