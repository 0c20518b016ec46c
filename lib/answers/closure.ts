import type { Pool } from "pg";
import { findNode } from "#lib/analysis/find-node.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { listLayers } from "#lib/db/queries/list-layers.ts";
import { listNodes, type NodeRow } from "#lib/db/queries/list-nodes.ts";
import { listRetained, type RetainedNode } from "#lib/db/queries/list-retained.ts";
import { listWasted } from "#lib/db/queries/list-wasted.ts";
import { edgeCountOf } from "#lib/graph/graph.ts";
import { computeReachable } from "#lib/graph/reachable.ts";
import type { ClosureAnswer, ImageFigures } from "#lib/model/answer.ts";
import { type MeasureUnit, unitOf } from "#lib/model/measure-unit.ts";
import type { KeptSuspect, Suspect } from "#lib/model/suspect.ts";
import { addCacheFacts } from "./cached-nodes.ts";
import { loadKeptGraph } from "./kept/graphs.ts";
import { loadLabels } from "./labels.ts";
import { answerSuspects } from "./suspects.ts";
import { whileWhole } from "./while-whole.ts";

/** Nodes listed in a closure's answer: those that retain most. */
const MAX_NODES = 2000;
/** Wasted files listed: the largest. */
const MAX_WASTED_FILES = 200;

export type NodeSize = "retained" | "closure" | "self";

export interface NodesQuestion {
  readonly artifactId: number;
  /** A node, named as on the command line: only the nodes it reaches, itself included. */
  readonly root?: string | undefined;
  /** The largest first. */
  readonly sort: NodeSize;
  readonly limit: number;
}

export interface NodesAnswer {
  readonly nodes: readonly NodeRow[];
  /** Totals of all nodes, listed or not. */
  readonly total: ClosureAnswer["total"];
  /** `components`: the sizes and `total.bytes` are numbers of components, because an SBOM states no bytes. */
  readonly unit: MeasureUnit;
}

/**
 * The nodes of one artifact, or those that one node reaches. Throws a UsageError if no node has that name, a GoneError if the
 * artifact is removed meanwhile.
 */
export function answerNodes(db: Pool, question: NodesQuestion): Promise<NodesAnswer> {
  const { artifactId: id } = question;
  return whileWhole(db, [{ id }], async () => {
    const { nodes, ...rest } = await listMeasured(db, question);
    return { nodes: await addCacheFacts(db, id, nodes), ...rest };
  });
}

async function listMeasured(db: Pool, question: NodesQuestion): Promise<NodesAnswer> {
  const { artifactId: id, root, sort, limit } = question;
  if (root !== undefined) return listReached(db, question, root);
  const [{ edgeCount: edges, kind }, { rows, matching, matchingSelfSize }] = await Promise.all([
    getArtifact(db, id),
    listNodes(db, id, { sort, limit }),
  ]);
  return { nodes: rows, total: { nodes: matching, edges, bytes: matchingSelfSize }, unit: unitOf({ kind }) };
}

const SIZES = { retained: "retainedSize", closure: "closureSize", self: "selfSize" } as const;

async function listReached(db: Pool, { artifactId, sort, limit }: NodesQuestion, root: string): Promise<NodesAnswer> {
  const [{ nodes, graph }, artifact] = await Promise.all([loadKeptGraph(db, artifactId), getArtifact(db, artifactId)]);
  const reached = computeReachable(graph, [findNode(nodes, root).nodeIndex]);
  const size = SIZES[sort];
  const within = nodes
    .filter(({ nodeIndex }) => reached[nodeIndex] === 1)
    .sort((a, b) => b[size] - a[size] || a.nodeIndex - b.nodeIndex);
  const total = {
    nodes: within.length,
    edges: within.reduce((sum, { nodeIndex }) => sum + edgeCountOf(graph, nodeIndex), 0),
    bytes: within.reduce((sum, { selfSize }) => sum + selfSize, 0),
  };
  return { nodes: within.slice(0, limit), total, unit: unitOf(artifact) };
}

/** The contents of one artifact (database id). Throws a GoneError if it is removed meanwhile. */
export function answerClosure(db: Pool, id: number): Promise<ClosureAnswer> {
  return whileWhole(db, [{ id }], async () => {
    const [[label], artifact, { total }, largest, { suspects }] = await Promise.all([
      loadLabels(db, [{ id }]),
      getArtifact(db, id),
      answerNodes(db, { artifactId: id, sort: "retained", limit: 0 }),
      listRetained(db, [id], MAX_NODES),
      answerSuspects(db, { id }),
    ]);
    const kind =
      artifact.kind === "image" ? { image: await loadFigures(db, artifact) } : { rootsKnown: artifact.rootsKnown };
    const kept = { nodes: withDominators(largest), suspects: suspects.map(toKept) };
    return { question: "closure", artifacts: [label!], total, ...kept, ...kind };
  });
}

function toKept({ key: _, adds: __, roots: ___, within: ____, base: _____, ...kept }: Suspect): KeptSuspect {
  return kept;
}

async function loadFigures(db: Pool, artifact: ArtifactDetail): Promise<ImageFigures> {
  const { id, rootfsSize = 0, layersContentSize = 0, wastedSize = 0, downloadSize } = artifact;
  const [layers, { count, bytes, rows }] = await Promise.all([
    listLayers(db, [id]),
    listWasted(db, id, MAX_WASTED_FILES),
  ]);
  return {
    sizes: { rootfsSize, layersContentSize, wastedSize, downloadSize },
    layers: layers.map(({ downloadSize: blobSize, entryCount = 0, imageCount }) => {
      return { downloadSize: blobSize, entryCount, imageCount };
    }),
    waste: { count, bytes, files: rows },
  };
}

function withDominators(largest: readonly RetainedNode[]): ClosureAnswer["nodes"] {
  const positions = new Map(largest.map(({ nodeIndex }, position) => [nodeIndex, position]));
  return largest.map(({ nodeIndex: _, artifactId: __, dominator, ...node }) => {
    return { ...node, dominator: positions.get(dominator) ?? null };
  });
}
