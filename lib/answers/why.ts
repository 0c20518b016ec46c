import type { Pool } from "pg";
import { findNode, type NamedNode } from "#lib/analysis/find-node.ts";
import { countPaths, type PathCount } from "#lib/graph/count-paths.ts";
import { UsageError } from "#lib/model/problem.ts";
import { addCacheFacts } from "./cached-nodes.ts";
import { loadNodeDetail, type NodeDetail } from "./graph/node-detail.ts";
import { loadKeptGraph } from "./kept/graphs.ts";
import { whileWhole } from "./while-whole.ts";

export interface WhyQuestion {
  readonly artifactId: number;
  readonly node: NodeName;
  /** Start nodes of paths, instead of the roots. */
  readonly from?: NodeName | undefined;
  /** Rows of each list. */
  readonly limit: number;
  readonly pathLimit: number;
}

/** A node, named as on the command line, or its index in the artifact's graph. */
export type NodeName = string | number;

export interface WhyAnswer extends NodeDetail {
  /** Of all paths, listed or not. */
  readonly pathCount: PathCount;
}

/**
 * Why a node is in an artifact: the paths that lead to it, its neighbours, and the nodes that only it keeps. Throws a UsageError
 * if a name matches no node, or several; a GoneError if the artifact is removed meanwhile.
 */
export function answerWhy(db: Pool, { artifactId, node, from, ...limits }: WhyQuestion): Promise<WhyAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const kept = await loadKeptGraph(db, artifactId);
    const starts = from === undefined ? kept.roots : [findNodeIndex(kept.nodes, from)];
    const nodeIndex = findNodeIndex(kept.nodes, node);
    const detail = await loadNodeDetail(db, { artifactId, graph: kept, nodeIndex, starts, ...limits });
    const [found] = await addCacheFacts(db, artifactId, [detail.node]);
    const { graph, reversed } = kept;
    return { ...detail, node: found!, pathCount: countPaths({ graph, reversed, starts, target: nodeIndex }) };
  });
}

/** The index of the node with this name. Throws a UsageError if no node has it, or several do. */
export function findNodeIndex(nodes: readonly NamedNode[], name: NodeName): number {
  if (typeof name === "string") return nodes.indexOf(findNode(nodes, name));
  if (name < nodes.length) return name;
  throw new UsageError(`node ${name} is out of range (0–${nodes.length - 1})`);
}
