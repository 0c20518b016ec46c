import "server-only";
import {
  answerGraph,
  type GraphAnswer,
  type GraphFilter,
  type GraphQuestion,
} from "#lib/answers/graph/artifact-graph.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { database } from "./database.ts";
import { nameUnowned } from "./name-unowned.ts";
import { toNodeName } from "./node-name.ts";
import { orNotFound } from "./or-not-found.ts";

export type { FilterChoices } from "#lib/answers/graph/artifact-graph.ts";
export type { NodeDetail } from "#lib/answers/graph/node-detail.ts";
export type { NodeRow } from "#lib/db/queries/list-nodes.ts";

export interface GraphRequest extends Omit<GraphQuestion, "node" | "focus" | "filter"> {
  /** Name, id or digest of the artifact. */
  readonly text: string;
  /** Index or name of the node. */
  readonly node?: string;
  readonly focus?: string;
  readonly filter: Omit<GraphFilter, "root" | "paths"> & Partial<Record<"root" | "paths", string | undefined>>;
}

export interface GraphView extends GraphAnswer {
  readonly artifact: ArtifactDetail;
}

/** The drawn part of a graph, its table and the selected node. Throws a UsageError if a name matches nothing. */
export async function loadGraphPage({ text, node, focus, ...question }: GraphRequest): Promise<GraphView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  const { root, paths } = question.filter;
  const filter = { ...question.filter, root: toNodeName(root), paths: toNodeName(paths) };
  const asked = { ...question, filter, node: toNodeName(node), focus: toNodeName(focus) };
  return orNotFound(async () => {
    const [artifact, answer] = await Promise.all([getArtifact(db, id), answerGraph(db, id, asked)]);
    return { artifact, ...(await nameUnowned(db, id, answer)) };
  });
}
