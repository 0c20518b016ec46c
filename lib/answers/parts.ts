import type { Pool } from "pg";
import { limitGraph, limitHolding, listPartNodes } from "#lib/analysis/closure-part.ts";
import { edgeCountOf, reverse } from "#lib/graph/graph.ts";
import { computeRetainedSizes } from "#lib/graph/retained-sizes.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { HeldComponent, Holding } from "#lib/model/holding.ts";
import { type KeptGraph, loadKeptGraph } from "./kept/graphs.ts";
import { loadKeptComponents, loadKeptHoldings } from "./kept/holdings.ts";

/** The holdings of these artifacts, or parts of them, in this order. */
export async function loadPartHoldings(db: Pool, parts: readonly ArtifactPart[]): Promise<Holding[]> {
  const wholes = await loadKeptHoldings(db, parts);
  // Only a closure has roots with closures of their own.
  return limitAll(db, parts, wholes, (whole, nodes) => (whole.kind === "closure" ? limitHolding(whole, nodes) : whole));
}

/** The components of these artifacts, or parts of them, by node index, in this order. */
export async function loadPartComponents(
  db: Pool,
  parts: readonly ArtifactPart[],
): Promise<(readonly HeldComponent[])[]> {
  const wholes = await loadKeptComponents(db, parts);
  return limitAll(db, parts, wholes, (whole, nodes) => Array.from(nodes, (node) => whole[node]!));
}

/** The data of whole artifacts, limited to the nodes of their parts. */
function limitAll<Whole>(
  db: Pool,
  parts: readonly ArtifactPart[],
  wholes: readonly Whole[],
  limit: (whole: Whole, nodes: Int32Array) => Whole,
): Promise<Whole[]> {
  const limited = wholes.map(async (whole, i) => {
    const { id, root } = parts[i]!;
    return root === undefined ? whole : limit(whole, listPartNodes((await loadKeptGraph(db, id)).graph, root));
  });
  return Promise.all(limited);
}

/** A graph of an artifact or a part, and the node indexes in the artifact; `undefined` if they are the same. */
export interface PartGraph {
  readonly graph: KeptGraph;
  readonly nodes: Int32Array | undefined;
}

export async function loadPartGraph(db: Pool, part: ArtifactPart): Promise<PartGraph> {
  const whole = await loadKeptGraph(db, part.id);
  if (part.root === undefined) return { graph: whole, nodes: undefined };
  const nodes = listPartNodes(whole.graph, part.root);
  return { graph: limitKeptGraph(whole, nodes, part.root), nodes };
}

/** Measured again, as if the closure had been scanned alone; positions in drawings stay those of the whole. */
function limitKeptGraph(whole: KeptGraph, nodes: Int32Array, root: number): KeptGraph {
  const { graph, slots } = limitGraph(whole.graph, nodes);
  const roots = Int32Array.of(nodes.indexOf(root));
  const selfSize = Float64Array.from(nodes, (node) => whole.selfSize[node]!);
  const { retainedSize, dominator } = computeRetainedSizes(graph, roots, selfSize);
  const reversed = reverse(graph);
  return {
    graph,
    reversed,
    roots,
    selfSize,
    retainedSize,
    dominator,
    evidence: Uint8Array.from(slots, (slot) => whole.evidence[slot]!),
    rank: Int32Array.from(nodes, (node) => whole.rank[node]!),
    order: Int32Array.from(nodes, (node) => whole.order[node]!),
    nodes: Array.from(nodes, (node, nodeIndex) => ({
      ...whole.nodes[node]!,
      nodeIndex,
      retainedSize: retainedSize[nodeIndex]!,
      referrerCount: edgeCountOf(reversed, nodeIndex),
      live: true,
      root: node === root,
      rootReason: node === root ? ("named" as const) : undefined,
    })),
  };
}
