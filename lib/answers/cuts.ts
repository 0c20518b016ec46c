import type { Pool } from "pg";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { computeEdgeCuts } from "#lib/graph/edge-cuts.ts";
import type { Edge } from "#lib/graph/graph.ts";
import { reachWithoutEdges } from "#lib/graph/reached-without.ts";
import type { EdgeCut } from "#lib/model/edge-cut.ts";
import { type MeasureUnit, unitOf } from "#lib/model/measure-unit.ts";
import { evidenceOf } from "./graph/node-detail.ts";
import { type KeptGraph, loadKeptGraph } from "./kept/graphs.ts";
import { toNamedId } from "./named-id.ts";
import { whileWhole } from "./while-whole.ts";
import { findNodeIndex, type WhyQuestion } from "./why.ts";

/** Cuts of an answer: the one nearest to the node, and those nearest to the roots. */
const MAX_CUTS = 8;

export interface CutsQuestion extends Pick<WhyQuestion, "artifactId" | "node" | "from"> {
  /** Edges listed of each cut. */
  readonly edgeLimit: number;
}

export interface CutsAnswer {
  readonly node: NodeRow;
  /** The node is a root, or `from` itself: no edge keeps it. */
  readonly isStart: boolean;
  /** Edges of each cut; 0 if no path leads to the node. */
  readonly size: number;
  /** Those that free least first: the first one is nearest to the node, the last one nearest to the roots. */
  readonly cuts: readonly EdgeCut[];
  /** There are others between the first two. */
  readonly more: boolean;
  readonly unit: MeasureUnit;
}

/**
 * The fewest edges that keep a node in an artifact, and what removing them frees: all that no root (or `from`) reaches any more.
 * Throws a UsageError if a name matches no node, or several; a GoneError if the artifact is removed meanwhile.
 */
export function answerCuts(db: Pool, { artifactId: id, node, from, edgeLimit }: CutsQuestion): Promise<CutsAnswer> {
  return whileWhole(db, [{ id }], async () => {
    const [kept, artifact] = await Promise.all([loadKeptGraph(db, id), getArtifact(db, id)]);
    const target = findNodeIndex(kept.nodes, node);
    const starts = from === undefined ? kept.roots : [findNodeIndex(kept.nodes, from)];
    const { graph, reversed } = kept;
    const found = computeEdgeCuts({ graph, reversed, starts, target, limit: MAX_CUTS });
    const { size, cuts, more } = found ?? { size: 0, cuts: [], more: false };
    const reached = reachWithoutEdges(graph, starts, []);
    return {
      node: kept.nodes[target]!,
      isStart: found === undefined,
      size,
      cuts: cuts.toReversed().map((edges) => ({
        edges: edges.slice(0, edgeLimit).map((edge) => toCutEdge(kept, edge)),
        ...sumFreed(kept, reached, reachWithoutEdges(graph, starts, edges)),
      })),
      more,
      unit: unitOf(artifact),
    };
  });
}

function toCutEdge(kept: KeptGraph, [from, to]: Edge): EdgeCut["edges"][number] {
  return { from: toNamedId(kept, from), to: toNamedId(kept, to), evidence: evidenceOf(kept, from, to)! };
}

function sumFreed({ selfSize }: KeptGraph, before: Uint8Array, after: Uint8Array) {
  const freed = Array.from(before.keys()).filter((node) => before[node]! > after[node]!);
  return { frees: freed.reduce((sum, node) => sum + selfSize[node]!, 0), freedNodes: freed.length };
}
