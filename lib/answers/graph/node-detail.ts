import { listNodeEdges, type NodeEdge } from "#lib/db/queries/list-node-edges.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { listCycleMembers } from "#lib/graph/cycle-members.ts";
import { findSlot, type NodeList, targetsOf } from "#lib/graph/graph.ts";
import { Evidence } from "#lib/model/component.ts";
import type { EvidenceName } from "#lib/model/overview.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import { listWays } from "./ways.ts";

/** The other end of an edge at a node, and the evidence. */
export interface Neighbour {
  readonly node: NodeRow;
  readonly evidence: EvidenceName;
  /** The evidence, one line each; [] for store references, which need none. */
  readonly details: readonly string[];
  /** The kind of each of these lines. */
  readonly known: readonly EvidenceName[];
}

export type { EvidenceName } from "#lib/model/overview.ts";

/** The first rows, up to a limit, and the number of all. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly count: number;
}

/** Those that retain most first. */
export type NeighbourList = Listed<Neighbour>;

/** One step of a path: the node, and the evidence that the node before refers to it. */
export interface PathStep extends Omit<Neighbour, "evidence"> {
  readonly evidence: EvidenceName | undefined;
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

/** By stored number. */
export const EVIDENCE_NAMES = Object.keys(Evidence) as EvidenceName[];

/** A node's neighbours and dependency paths. */
export async function loadNodeDetail(db: Queryable, request: DetailRequest): Promise<NodeDetail> {
  const { artifactId, graph: kept, nodeIndex, pathLimit: limit, starts } = request;
  const { graph, reversed, nodes } = kept;
  const { paths, truncated } = listWays(kept, { target: nodeIndex, starts, limit });
  const edges = await listNodeEdges(db, artifactId, [...new Set([nodeIndex, ...paths.flat()])]);
  const detailsOf = indexDetails(edges);
  const list = (others: NodeList, toEnds: ToEnds) => listNodes(request, others, toEnds, detailsOf);
  return {
    node: nodes[nodeIndex]!,
    references: list(targetsOf(graph, nodeIndex), (other) => [nodeIndex, other]),
    referrers: list(targetsOf(reversed, nodeIndex), (other) => [other, nodeIndex]),
    paths: paths.map((path) => path.map((node, i) => toStep(kept, path[i - 1], node, detailsOf))),
    morePaths: truncated,
    keeps: list(
      [...nodes.keys()].filter((node) => kept.dominator[node] === nodeIndex),
      () => undefined,
    ),
    cycle: list(listCycleMembers(graph, reversed, nodeIndex), () => undefined),
  };
}

/** The edge between the node and another; `undefined` if they need not be neighbours. */
type ToEnds = (other: number) => [from: number, to: number] | undefined;
type DetailsOf = (from: number, to: number) => Pick<Neighbour, "details" | "known">;

const NO_DETAILS = { details: [], known: [] };

/** The distinct details of the edges between two nodes; none for a closure, whose references need none. */
function indexDetails(edges: readonly NodeEdge[]): DetailsOf {
  const byEnds = Map.groupBy(edges, ({ from, to }) => `${from} ${to}`);
  return (from, to) => {
    const stated = (byEnds.get(`${from} ${to}`) ?? []).filter(({ detail }) => detail !== "");
    const distinct = [...new Map(stated.map((edge) => [`${edge.evidence} ${edge.detail}`, edge])).values()];
    return {
      details: distinct.map(({ detail }) => detail),
      known: distinct.map(({ evidence }) => EVIDENCE_NAMES[evidence]!),
    };
  };
}

function listNodes({ graph, limit }: DetailRequest, others: NodeList, toEnds: ToEnds, detailsOf: DetailsOf) {
  const sorted = Array.from(others).sort((a, b) => graph.retainedSize[b]! - graph.retainedSize[a]! || a - b);
  const rows = sorted.slice(0, limit).map((other): Neighbour => {
    const ends = toEnds(other);
    const node = graph.nodes[other]!;
    if (ends === undefined) return { node, evidence: "observed", ...NO_DETAILS };
    return { node, evidence: evidenceOf(graph, ...ends) ?? "observed", ...detailsOf(...ends) };
  });
  return { rows, count: others.length };
}

function toStep(kept: KeptGraph, before: number | undefined, index: number, detailsOf: DetailsOf): PathStep {
  const node = kept.nodes[index]!;
  if (before === undefined) return { node, evidence: undefined, ...NO_DETAILS };
  return { node, evidence: evidenceOf(kept, before, index), ...detailsOf(before, index) };
}

/** The strongest evidence for the edge from one node to another, or `undefined` if there is no edge. */
export function evidenceOf({ graph, evidence }: KeptGraph, from: number, to: number): EvidenceName | undefined {
  // No edge is slot −1, which is undefined.
  const known = evidence[findSlot(graph, from, to)];
  return known === undefined ? undefined : EVIDENCE_NAMES[known];
}
