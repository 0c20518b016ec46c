import "server-only";
import type { Pool } from "pg";
import { chooseVisible } from "#lib/analysis/visible.ts";
import { graphOf, type KeptGraph } from "#lib/answers/kept-graphs.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { GoneError } from "#lib/model/problem.ts";
import { drawingOf } from "./artifact-picture.ts";
import { database } from "./database.ts";
import { findNodeIndex } from "./find-node-index.ts";
import { drawPicture, type GraphPicture } from "./graph-picture.ts";
import { loadNodeDetail, type NodeDetail } from "./node-detail.ts";
import { orNotFound } from "./or-not-found.ts";

export { OPENING_NODES } from "#lib/analysis/visible.ts";
export type { NodeRow } from "#lib/db/queries/list-nodes.ts";
export type { GraphElement, GraphLink, GraphPicture } from "./graph-picture.ts";
export type { NodeDetail } from "./node-detail.ts";

/** Rows of each list in the panel. */
const PANEL_LIMIT = 24;
const MATCH_LIMIT = 20;

export interface GraphRequest {
  /** Name, id or digest of the artifact. */
  readonly text: string;
  /** Parents whose groups are open, −1 for the group under no node; named twice, two portions. */
  readonly open: readonly number[];
  /** The chosen node, and a node to draw whatever its size: index or id. */
  readonly node?: string;
  readonly focus?: string;
  /** How many nodes to open on, at most `OPENING_NODES`. */
  readonly limit?: number;
  /** What to look for among all nodes, drawn or not. */
  readonly search: string;
}

export interface GraphView {
  readonly artifact: ArtifactDetail;
  readonly picture: GraphPicture;
  readonly selected: NodeDetail | undefined;
  readonly matches: { readonly rows: readonly NodeRow[]; readonly count: number };
}

/** The part of a graph that is drawn, its table and the chosen node. Throws a UsageError where a name fits nothing. */
export async function loadGraphPage(request: GraphRequest): Promise<GraphView> {
  const db = await database();
  const found = await findArtifact(db, request.text);
  return orNotFound([found], () => loadFound(db, found.id, request));
}

async function loadFound(db: Pool, id: number, request: GraphRequest): Promise<GraphView> {
  const [artifact, graph] = await Promise.all([getArtifact(db, id), graphOf(db, id)]);
  if (artifact === undefined) throw new GoneError();
  const nodeIndex = request.node === undefined ? undefined : findNodeIndex(graph, request.node);
  const focus = request.focus === undefined ? undefined : findNodeIndex(graph, request.focus);
  const selected =
    nodeIndex === undefined
      ? undefined
      : await loadNodeDetail(db, { artifactId: id, graph, nodeIndex, limit: PANEL_LIMIT, pathLimit: 1 });
  return {
    artifact,
    picture: choosePicture(graph, request, focus ?? nodeIndex),
    selected,
    matches: findMatches(graph, request.search),
  };
}

/** Choosing a node that is drawn anyway must not move anything: it becomes a reason to draw only where it is not. */
function choosePicture(
  graph: KeptGraph,
  { open, limit }: Pick<GraphRequest, "open" | "limit">,
  focus: number | undefined,
): GraphPicture {
  const expanded = open.filter((parent) => parent >= -1 && parent < graph.nodes.length);
  const question = { ...graph, expanded, limit };
  const usual = chooseVisible(question);
  const drawn = focus === undefined || usual.nodes.includes(focus);
  return drawPicture(drawingOf(graph), drawn ? usual : chooseVisible({ ...question, focus }));
}

function findMatches({ nodes }: KeptGraph, search: string): GraphView["matches"] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return { rows: [], count: 0 };
  const found = nodes.filter(
    ({ name, id }) => name.toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted),
  );
  const nearness = ({ name }: NodeRow) =>
    name.toLowerCase() === wanted ? 0 : name.toLowerCase().startsWith(wanted) ? 1 : 2;
  found.sort((a, b) => nearness(a) - nearness(b) || b.retainedSize - a.retainedSize);
  return { rows: found.slice(0, MATCH_LIMIT), count: found.length };
}
