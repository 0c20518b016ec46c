import type { Pool } from "pg";
import { claimUnneeded, isReferable, markUnneeded } from "#lib/analysis/advice/unneeded.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { type AdviceAnswer, type ComponentSum, type KeepAdvice, maskOf } from "#lib/model/advice.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { NamedId } from "#lib/model/suspect.ts";
import { type KeptClaims, loadKeptClaims } from "../kept/claims.ts";
import { toNamedId } from "../named-id.ts";
import { loadPartGraph } from "../parts.ts";
import { findNodeIndex } from "../why.ts";

/** What the classes of one artifact claim, and what its chosen components need. */
export interface KeepClaims extends Pick<AdviceAnswer, "suggested"> {
  readonly kept: KeptClaims;
  readonly keep: KeepAdvice | null;
}

const UNNEEDED = maskOf(["unneeded"]);

/**
 * What could be removed from an artifact, with what is not needed if only these nodes, named as on the command line, have to run. Throws a
 * UsageError for a name that matches no node, or several.
 */
export async function loadKeepClaims(db: Pool, part: ArtifactPart, names: readonly string[]): Promise<KeepClaims> {
  const kept = await loadKeptClaims(db, part);
  if (names.length === 0) return { kept, keep: null, suggested: suggestChoices(kept.nodes, []) };
  const { graph } = await loadPartGraph(db, part);
  const chosen = [...new Set(names.map((name) => findNodeIndex(graph.nodes, name)))];
  const unneeded = markUnneeded(graph.nodes, graph.graph, Int32Array.from(chosen));
  const claims = claimUnneeded(kept.claims, unneeded);
  const nodeMask = kept.nodeMask.map((mask, node) => (unneeded[node] === 1 ? mask | UNNEEDED : mask));
  const keep = { chosen: chosen.map((node) => toNamedId(graph, node)), ...sumBoth(kept, unneeded) };
  return { kept: { ...kept, claims, nodeMask }, keep, suggested: suggestChoices(kept.nodes, chosen) };
}

/** Suggested choices. */
const SHOWN_SUGGESTED = 8;

function suggestChoices(nodes: readonly NodeRow[], chosen: readonly number[]): NamedId[] {
  return nodes
    .filter(({ rootReason }, node) => rootReason === "named" && !chosen.includes(node))
    .sort((a, b) => b.closureSize - a.closureSize || a.nodeIndex - b.nodeIndex)
    .slice(0, SHOWN_SUGGESTED)
    .map(({ id, name, nodeIndex }) => ({ id, name, nodeIndex }));
}

function sumBoth({ nodes }: KeptClaims, unneeded: Uint8Array): Omit<KeepAdvice, "chosen"> {
  const packages = [...nodes.keys()].filter((node) => isReferable(nodes[node]!));
  const sum = (found: readonly number[]): ComponentSum => {
    return { count: found.length, bytes: found.reduce((total, node) => total + nodes[node]!.selfSize, 0) };
  };
  return {
    needed: sum(packages.filter((node) => unneeded[node] === 0)),
    unneeded: sum(packages.filter((node) => unneeded[node] === 1)),
  };
}
