import type { Pool } from "pg";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { type MeasureUnit, unitOf } from "#lib/model/measure-unit.ts";
import { type KeptGraph, loadKeptGraph } from "../kept/graphs.ts";
import { whileWhole } from "../while-whole.ts";
import { findNodeIndex, type NodeName } from "../why.ts";
import { evidenceOf, type Listed, loadNodeDetail, type NodeDetail } from "./node-detail.ts";
import { chooseDrawn, type Drawing, drawPicture, type GraphPicture } from "./picture.ts";

export { OPENING_NODES } from "#lib/analysis/visible.ts";

/** Rows of each list of the selected node. */
const MAX_PANEL_ROWS = 24;
const MAX_MATCHES = 20;

/** The part of a graph to draw. */
export interface GraphQuestion {
  /** Parents of open groups, −1 for the group under no node; one listed twice shows two portions. */
  readonly open: readonly number[];
  /** The selected node, and a node to draw whatever its size. */
  readonly node?: NodeName | undefined;
  readonly focus?: NodeName | undefined;
  /** Number of nodes at first, at most `OPENING_NODES`. */
  readonly limit?: number | undefined;
  /** Text to search for among all nodes, drawn or not. */
  readonly search: string;
}

export interface GraphAnswer extends SelectionAnswer {
  readonly picture: GraphPicture;
}

/** One node, and the nodes with a name like the searched one. */
export interface SelectionAnswer {
  readonly selected: NodeDetail | undefined;
  readonly matches: Listed<NodeRow>;
}

/**
 * The drawn part of an artifact's graph, and the selected node. Throws a UsageError if a name matches no node, or several; a
 * GoneError if the artifact is removed meanwhile.
 */
export function answerGraph(db: Pool, artifactId: number, question: GraphQuestion): Promise<GraphAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const [graph, artifact] = await Promise.all([loadKeptGraph(db, artifactId), getArtifact(db, artifactId)]);
    const focus = question.focus === undefined ? undefined : findNodeIndex(graph.nodes, question.focus);
    const selection = await loadSelection(db, { artifactId, graph, ...question });
    const drawn = focus ?? selection.selected?.node.nodeIndex;
    const visible = chooseDrawn({ ...graph, limit: question.limit }, question.open, drawn);
    return { picture: drawPicture(toDrawing(graph, unitOf(artifact)), visible), ...selection };
  });
}

/** The same without a drawing, for views that draw everything. Reads the graph only if something is asked. */
export function answerSelection(
  db: Pool,
  artifactId: number,
  { node, search }: Pick<GraphQuestion, "node" | "search">,
): Promise<SelectionAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    if (node === undefined && search.trim() === "") return { selected: undefined, matches: { rows: [], count: 0 } };
    return loadSelection(db, { artifactId, graph: await loadKeptGraph(db, artifactId), node, search });
  });
}

interface SelectionRequest extends Pick<GraphQuestion, "node" | "search"> {
  readonly artifactId: number;
  readonly graph: KeptGraph;
}

async function loadSelection(
  db: Pool,
  { artifactId, graph, node, search }: SelectionRequest,
): Promise<SelectionAnswer> {
  const matches = findMatches(graph, search);
  if (node === undefined) return { selected: undefined, matches };
  const nodeIndex = findNodeIndex(graph.nodes, node);
  const limits = { limit: MAX_PANEL_ROWS, pathLimit: 1 };
  return { selected: await loadNodeDetail(db, { artifactId, graph, nodeIndex, ...limits }), matches };
}

/** Boxes by retained size, lines by the evidence for the edge. */
function toDrawing(graph: KeptGraph, unit: MeasureUnit): Drawing {
  const { nodes, retainedSize } = graph;
  return {
    retainedSize,
    unit,
    toNode: (node) => {
      const { live: _, ...named } = nodes[node]!;
      return { ...named, key: `n${node}`, type: "node", count: 1, members: [] };
    },
    nameOf: (node) => nodes[node]!.name,
    toLink: (from, to) => ({ known: evidenceOf(graph, from, to) ?? "several" }),
  };
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
