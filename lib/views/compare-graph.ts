import "server-only";
import { answerComparedGraph, type ComparedGraphAnswer } from "#lib/answers/graph/compared-graph.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { database } from "./database.ts";
import type { GraphRequest } from "./graph.ts";
import { toNodeName } from "./node-name.ts";
import { orNotFound } from "./or-not-found.ts";

export type { ComparedDetail, ComparedNeighbour, ComparedNode } from "#lib/answers/graph/compared-detail.ts";

export interface CompareGraphRequest extends Omit<GraphRequest, "text" | "filter" | "rows"> {
  /** Name, id or digest of either artifact. */
  readonly left: string;
  readonly right: string;
}

export interface CompareGraphView extends Omit<ComparedGraphAnswer, "artifacts"> {
  readonly left: ArtifactDetail;
  readonly right: ArtifactDetail;
}

/** Two artifacts' graphs as one drawing. Throws a UsageError if a name matches nothing. */
export async function loadCompareGraph(request: CompareGraphRequest): Promise<CompareGraphView> {
  const { left: leftName, right: rightName, node, focus, ...question } = request;
  const db = await database();
  const parts = await Promise.all([findArtifact(db, leftName), findArtifact(db, rightName)]);
  const asked = { ...question, node: toNodeName(node), focus: toNodeName(focus) };
  return orNotFound(async () => {
    const [left, right, { artifacts, ...answer }] = await Promise.all([
      getArtifact(db, parts[0].id),
      getArtifact(db, parts[1].id),
      answerComparedGraph(db, parts, asked),
    ]);
    const named = { left: { ...left, name: artifacts[0].name }, right: { ...right, name: artifacts[1].name } };
    return { ...named, ...answer };
  });
}
