import { listNodeEdges, type NodeEdge } from "#lib/db/queries/list-node-edges.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { findCycleMembers } from "#lib/graph/cycle-members.ts";
import type { NodeList } from "#lib/graph/graph.ts";
import { findPaths } from "#lib/graph/shortest-path.ts";
import { Evidence } from "#lib/model/component.ts";
import type { KeptGraph } from "../kept/graphs.ts";

/** The other end of an edge at a node, and the evidence. */
export interface Neighbour {
  readonly node: NodeRow;
  readonly evidence: EvidenceName;
  /** The evidence, one line each; [] for store references, which need none. */
  readonly details: readonly string[];
}

export type EvidenceName = keyof typeof Evidence;

/** Neighbours, those that retain most first, up to the limit. */
export interface NeighbourList {
  readonly rows: readonly Neighbour[];
  readonly count: number;
}

/** One step of a path: the node, and the evidence that the node before refers to it. */
export interface PathStep {
  readonly node: NodeRow;
  readonly evidence: EvidenceName | undefined;
  readonly details: readonly string[];
}

export interface NodeDetail {
  readonly node: NodeRow;
  readonly references: NeighbourList;
  readonly referrers: NeighbourList;
  /** Paths from the starts, the shortest first. */
  readonly paths: readonly (readonly PathStep[])[];
  /** More paths exist, or may exist. */
  readonly morePaths: boolean;
  /** Nodes that only it keeps, directly under it in the dominator tree. */
  readonly keeps: NeighbourList;
  /** The others of its dependency cycle: they and the node need each other. */
  readonly cycle: NeighbourList;
}

export interface DetailRequest {
  readonly artifactId: number;
  readonly graph: KeptGraph;
  readonly nodeIndex: number;
  /** Start nodes of paths; default: the roots. Node indexes. */
  readonly starts?: NodeList;
  /** Rows of each list. */
  readonly limit: number;
  readonly pathLimit: number;
}

const EVIDENCE_NAMES = Object.keys(Evidence) as EvidenceName[];

/** A node's neighbours and dependency paths. */
export async function loadNodeDetail(db: Queryable, request: DetailRequest): Promise<NodeDetail> {
  const { graph, nodeIndex, pathLimit, starts = graph.roots } = request;
  const { paths, truncated } = findPaths({
    graph: graph.graph,
    reversed: graph.reversed,
    starts,
    target: nodeIndex,
    limit: pathLimit,
  });
  const edges = await listNodeEdges(db, request.artifactId, [...new Set([nodeIndex, ...paths.flat()])]);
  const details = new EdgeDetails(edges);
  return {
    node: graph.nodes[nodeIndex]!,
    references: listNeighbours(
      request,
      rowOf(graph.graph, nodeIndex),
      (other) => ({ from: nodeIndex, to: other }),
      details,
    ),
    referrers: listNeighbours(
      request,
      rowOf(graph.reversed, nodeIndex),
      (other) => ({ from: other, to: nodeIndex }),
      details,
    ),
    paths: paths.map((path) => toSteps(graph, path, details)),
    morePaths: truncated,
    keeps: listKept(request),
    cycle: toNodeList(request, findCycleMembers(graph.graph, graph.reversed, nodeIndex)),
  };
}

/** The evidence in the edge table for pairs of nodes; empty for a closure, whose references need none. */
class EdgeDetails {
  readonly #lines = new Map<string, string[]>();

  constructor(edges: readonly NodeEdge[]) {
    for (const { from, to, detail } of edges) {
      if (detail === "") continue;
      const key = `${from} ${to}`;
      const lines = this.#lines.get(key);
      if (lines === undefined) this.#lines.set(key, [detail]);
      else if (!lines.includes(detail)) lines.push(detail);
    }
  }

  of(from: number, to: number): readonly string[] {
    return this.#lines.get(`${from} ${to}`) ?? [];
  }
}

function rowOf({ offsets, targets }: { offsets: Int32Array; targets: Int32Array }, node: number): number[] {
  return Array.from(targets.subarray(offsets[node], offsets[node + 1]));
}

type Ends = (other: number) => { from: number; to: number };

function listNeighbours(
  { graph, limit }: DetailRequest,
  others: number[],
  ends: Ends,
  details: EdgeDetails,
): NeighbourList {
  others.sort((a, b) => graph.retainedSize[b]! - graph.retainedSize[a]! || a - b);
  const rows = others.slice(0, limit).map((other): Neighbour => {
    const { from, to } = ends(other);
    return {
      node: graph.nodes[other]!,
      evidence: evidenceOf(graph, from, to) ?? "observed",
      details: details.of(from, to),
    };
  });
  return { rows, count: others.length };
}

function listKept(request: DetailRequest): NeighbourList {
  const kept: number[] = [];
  request.graph.dominator.forEach((dominator, node) => {
    if (dominator === request.nodeIndex) kept.push(node);
  });
  return toNodeList(request, kept);
}

/** Nodes without edge details, those that retain most first. */
function toNodeList({ graph, limit }: DetailRequest, nodes: number[]): NeighbourList {
  nodes.sort((a, b) => graph.retainedSize[b]! - graph.retainedSize[a]! || a - b);
  const rows = nodes
    .slice(0, limit)
    .map((node): Neighbour => ({ node: graph.nodes[node]!, evidence: "observed", details: [] }));
  return { rows, count: nodes.length };
}

function toSteps(graph: KeptGraph, path: readonly number[], details: EdgeDetails): PathStep[] {
  return path.map((node, i) => {
    const before = path[i - 1];
    if (before === undefined) return { node: graph.nodes[node]!, evidence: undefined, details: [] };
    return { node: graph.nodes[node]!, evidence: evidenceOf(graph, before, node), details: details.of(before, node) };
  });
}

/** The strongest evidence for the edge from one node to another, or `undefined` if there is no edge. */
export function evidenceOf({ graph, evidence }: KeptGraph, from: number, to: number): EvidenceName | undefined {
  let low = graph.offsets[from]!;
  let high = graph.offsets[from + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const target = graph.targets[middle]!;
    if (target === to) return EVIDENCE_NAMES[evidence[middle]!];
    if (target < to) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
