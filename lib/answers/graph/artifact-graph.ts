import type { Pool } from "pg";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { computeReachable } from "#lib/graph/reachable.ts";
import { type ComponentKind, Evidence } from "#lib/model/component.ts";
import { type MeasureUnit, unitOf } from "#lib/model/measure-unit.ts";
import type { EvidenceName, Overview, OverviewNode } from "#lib/model/overview.ts";
import { loadAllEvidence } from "../kept/evidence.ts";
import { type KeptGraph, loadKeptGraph } from "../kept/graphs.ts";
import { loadOverview } from "../kept/overviews.ts";
import { whileWhole } from "../while-whole.ts";
import { findNodeIndex, type NodeName } from "../why.ts";
import { type GraphFacts, graphFacts } from "./graph-facts.ts";
import type { OverviewSource } from "./list-overview.ts";
import { EVIDENCE_NAMES, type Listed, loadNodeDetail, type NodeDetail } from "./node-detail.ts";
import { loadNodeLayers } from "./node-layers.ts";

/** Rows of each list of the selected node, unless more are asked for. */
export const PANEL_ROWS = 24;
const MAX_MATCHES = 20;
/** Roots to choose from. */
const MAX_ROOTS = 60;

/** Nodes and edges that a drawing is limited to. */
export interface GraphFilter {
  /** Empty: all. */
  readonly kinds: readonly ComponentKind[];
  /** Position of a layer. */
  readonly layer?: number | undefined;
  /** The node whose closure is drawn. */
  readonly root?: NodeName | undefined;
  /** Only what is on a path from a root to this node. */
  readonly paths?: NodeName | undefined;
  /** Evidence for edges. */
  readonly evidence?: EvidenceName | undefined;
  /** Least retained size. */
  readonly min?: number | undefined;
}

/** The part of a graph to draw. */
export interface GraphQuestion {
  /** Columns with open groups; one listed twice has two portions open. */
  readonly open: readonly number[];
  /** The selected node, and a node to draw whatever its size. */
  readonly node?: NodeName | undefined;
  readonly focus?: NodeName | undefined;
  readonly filter: GraphFilter;
  /** Text to search for among all nodes, drawn or not. */
  readonly search: string;
  /** Rows of each list of the selected node. */
  readonly rows?: number | undefined;
}

type NamedChoice = Pick<NodeRow, "nodeIndex" | "id" | "kind" | "name" | "version">;

/** What a graph can be filtered by. */
export interface FilterChoices {
  readonly kinds: readonly { readonly kind: ComponentKind; readonly count: number }[];
  /** By position; empty if layers are not known. */
  readonly layers: readonly { readonly count: number }[];
  /** Those that retain most. */
  readonly roots: readonly NamedChoice[];
  readonly evidence: readonly EvidenceName[];
  /** The chosen one. */
  readonly root: NamedChoice | undefined;
  /** The node that only paths lead to. */
  readonly paths: NamedChoice | undefined;
}

export interface GraphAnswer extends SelectionAnswer {
  readonly overview: Overview;
  readonly choices: FilterChoices;
}

/** One node, and the nodes with a name like the searched one. */
export interface SelectionAnswer {
  readonly selected: NodeDetail | undefined;
  readonly matches: Listed<NodeRow>;
}

/**
 * What a drawing of an artifact's graph shows, and the selected node. Throws a UsageError if a name matches no node, or several; a
 * GoneError if the artifact is removed meanwhile.
 */
export function answerGraph(db: Pool, artifactId: number, question: GraphQuestion): Promise<GraphAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const [graph, artifact] = await Promise.all([loadKeptGraph(db, artifactId), getArtifact(db, artifactId)]);
    const layers = artifact.kind === "image" ? await loadNodeLayers(db, artifactId, graph.nodes.length) : undefined;
    const focus = question.focus === undefined ? undefined : findNodeIndex(graph.nodes, question.focus);
    const selection = await loadSelection(db, { artifactId, graph, ...question });
    const wanted = [focus, selection.selected?.node.nodeIndex].filter((node) => node !== undefined);
    const facts = graphFacts(graph);
    const { open } = question;
    const filter = findFiltered(graph, question.filter);
    const known = await loadAllEvidence(db, artifactId, graph);
    const source = toSource(graph, { facts, layers, filter, known, unit: unitOf(artifact) });
    const matching = filterNodes(graph, layers, filter);
    const overview = await loadOverview(`${artifactId} ${JSON.stringify(filter)}`, source, { matching, open, wanted });
    return { overview, choices: listChoices(graph, { layers, filter, known }), ...selection };
  });
}

/** The same without a drawing, for views that draw everything. Reads the graph only if something is asked. */
export function answerSelection(
  db: Pool,
  artifactId: number,
  { node, search, rows }: Pick<GraphQuestion, "node" | "search" | "rows">,
): Promise<SelectionAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    if (node === undefined && search.trim() === "") return { selected: undefined, matches: { rows: [], count: 0 } };
    return loadSelection(db, { artifactId, graph: await loadKeptGraph(db, artifactId), node, search, rows });
  });
}

interface SelectionRequest extends Pick<GraphQuestion, "node" | "search" | "rows"> {
  readonly artifactId: number;
  readonly graph: KeptGraph;
}

async function loadSelection(
  db: Pool,
  { artifactId, graph, node, search, rows = PANEL_ROWS }: SelectionRequest,
): Promise<SelectionAnswer> {
  const matches = findMatches(graph, search);
  if (node === undefined) return { selected: undefined, matches };
  const nodeIndex = findNodeIndex(graph.nodes, node);
  const limits = { limit: rows, pathLimit: 1 };
  return { selected: await loadNodeDetail(db, { artifactId, graph, nodeIndex, ...limits }), matches };
}

interface SourceOptions {
  readonly facts: GraphFacts;
  readonly layers: Int32Array | undefined;
  readonly filter: FoundFilter;
  /** All evidence for each edge, as bits. */
  readonly known: Uint8Array;
  readonly unit: MeasureUnit;
}

/** With the indices of its nodes. */
type FoundFilter = Omit<GraphFilter, "root" | "paths"> & Partial<Record<"root" | "paths", number | undefined>>;

function findFiltered({ nodes }: KeptGraph, { root, paths, ...filter }: GraphFilter): FoundFilter {
  const indexOf = (name: NodeName | undefined) => (name === undefined ? undefined : findNodeIndex(nodes, name));
  return { ...filter, root: indexOf(root), paths: indexOf(paths) };
}

function toSource(graph: KeptGraph, { facts, layers, filter, known, unit }: SourceOptions): OverviewSource {
  const { evidence } = filter;
  return {
    ...graph,
    ...facts,
    importance: graph.retainedSize,
    rootCount: graph.roots.length,
    unit,
    toNode: (node) => toOverviewNode(graph, facts, layers, node),
    toEdge: (_from, _to, slot) => {
      if (evidence === undefined) return { evidence: EVIDENCE_NAMES[graph.evidence[slot]!] };
      // What is declared and observed too is drawn as what was asked for.
      return hasEvidence(known[slot]!, evidence) ? { evidence } : undefined;
    },
  };
}

function hasEvidence(bits: number, name: EvidenceName): boolean {
  return ((bits >> Evidence[name]) & 1) === 1;
}

function toOverviewNode(
  { nodes, rank, order }: KeptGraph,
  { cycle, keptCount, reach }: GraphFacts,
  layers: Int32Array | undefined,
  node: number,
): OverviewNode {
  const { live: _, rootReason: __, downloadSize: ___, signature: ____, ...described } = nodes[node]!;
  return {
    ...described,
    rank: rank[node]!,
    order: order[node]!,
    cycle: cycle[node]!,
    keptCount: keptCount[node]!,
    reach: reach[node]!,
    layer: layers?.[node] ?? -1,
  };
}

/** 1 for the nodes that a filter leaves; `undefined` if it leaves all. */
function filterNodes(graph: KeptGraph, layers: Int32Array | undefined, filter: FoundFilter): Uint8Array | undefined {
  const { kinds, layer, min = 0 } = filter;
  const [root, paths] = [filter.root, filter.paths].map((node) => (node === undefined ? undefined : graph.nodes[node]));
  if (kinds.length === 0 && layer === undefined && root === undefined && paths === undefined && min === 0) {
    return undefined;
  }
  const reached = root === undefined ? undefined : computeReachable(graph.graph, [root.nodeIndex]);
  const leading = paths === undefined ? undefined : markPaths(graph, paths.nodeIndex);
  return Uint8Array.from(graph.nodes, ({ kind, retainedSize }, node) => {
    if (kinds.length > 0 && !kinds.includes(kind)) return 0;
    if (layer !== undefined && layers !== undefined && layers[node] !== layer) return 0;
    return reached?.[node] !== 0 && leading?.[node] !== 0 && retainedSize >= min ? 1 : 0;
  });
}

/** 1 for the nodes on the paths from the roots to a node, itself included. */
function markPaths({ graph, reversed, roots }: KeptGraph, target: number): Uint8Array {
  const reached = computeReachable(graph, roots);
  return computeReachable(reversed, [target]).map((reaching, node) => reaching & reached[node]!);
}

function listChoices(
  { nodes, roots, retainedSize }: KeptGraph,
  { layers, filter: { root, paths }, known }: Pick<SourceOptions, "layers" | "filter" | "known">,
): FilterChoices {
  const kinds = Map.groupBy(nodes, ({ kind }) => kind);
  const byLayer = new Map<number, number>();
  for (const layer of layers ?? []) if (layer >= 0) byLayer.set(layer, (byLayer.get(layer) ?? 0) + 1);
  const largest = Array.from(roots).sort((a, b) => retainedSize[b]! - retainedSize[a]! || a - b);
  const all = known.reduce((bits, each) => bits | each, 0);
  return {
    kinds: [...kinds].map(([kind, of]) => ({ kind, count: of.length })).sort((a, b) => b.count - a.count),
    layers: Array.from({ length: Math.max(-1, ...byLayer.keys()) + 1 }, (_, i) => ({ count: byLayer.get(i) ?? 0 })),
    roots: largest.slice(0, MAX_ROOTS).map((each) => toChoice(nodes[each]!)),
    evidence: EVIDENCE_NAMES.filter((name) => hasEvidence(all, name)),
    root: root === undefined ? undefined : toChoice(nodes[root]!),
    paths: paths === undefined ? undefined : toChoice(nodes[paths]!),
  };
}

function toChoice({ nodeIndex, id, kind, name, version }: NodeRow): NamedChoice {
  return { nodeIndex, id, kind, name, version };
}

/** The nodes with a name or an id like this, the nearest first. */
export function findMatches({ nodes }: KeptGraph, search: string): Listed<NodeRow> {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return { rows: [], count: 0 };
  const found = nodes.filter(
    ({ name, id }) => name.toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted),
  );
  const nearness = ({ name }: NodeRow) =>
    name.toLowerCase() === wanted ? 0 : name.toLowerCase().startsWith(wanted) ? 1 : 2;
  found.sort((a, b) => nearness(a) - nearness(b) || b.retainedSize - a.retainedSize);
  return { rows: found.slice(0, MAX_MATCHES), count: found.length };
}
