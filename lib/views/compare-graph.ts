import "server-only";
import type { Pool } from "pg";
import {
  answerComparedGraph,
  answerComparedSelection,
  type ComparedGraphAnswer,
  type ComparedSelection,
} from "#lib/answers/graph/compared-graph.ts";
import { answerComparedMapNodes, answerComparedSection, type ComparedParts } from "#lib/answers/graph/compared-map.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { SectionShape, ShapedSection } from "#lib/db/queries/load-section.ts";
import type { ComparedMapNodes } from "#lib/model/map-nodes.ts";
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

interface BothArtifacts {
  readonly left: ArtifactDetail;
  readonly right: ArtifactDetail;
}

export type CompareGraphView = Omit<ComparedGraphAnswer, "artifacts"> & BothArtifacts;
export type CompareMapView = Omit<ComparedSelection, "artifacts"> & BothArtifacts;

/** Two artifacts' graphs as one drawing. Throws a UsageError if a name matches nothing. */
export function loadCompareGraph(request: CompareGraphRequest): Promise<CompareGraphView> {
  return loadBoth(request, answerComparedGraph);
}

/** The page of their map: what is selected and found. The map itself is loaded by the browser. Throws like `loadCompareGraph`. */
export function loadCompareMap(request: Omit<CompareGraphRequest, "open">): Promise<CompareMapView> {
  return loadBoth({ ...request, open: [] }, answerComparedSelection);
}

async function loadBoth<Answer extends ComparedSelection>(
  request: CompareGraphRequest,
  answer: (db: Pool, parts: ComparedParts, question: Asked) => Promise<Answer>,
): Promise<Omit<Answer, "artifacts"> & BothArtifacts> {
  const { left: leftName, right: rightName, node, focus, ...question } = request;
  const db = await database();
  const parts = await findParts(db, leftName, rightName);
  const asked = { ...question, node: toNodeName(node), focus: toNodeName(focus) };
  return orNotFound(async () => {
    const [left, right, { artifacts, ...rest }] = await Promise.all([
      getArtifact(db, parts[0].id),
      getArtifact(db, parts[1].id),
      answer(db, parts, asked),
    ]);
    const named = { left: { ...left, name: artifacts[0].name }, right: { ...right, name: artifacts[1].name } };
    return { ...named, ...rest };
  });
}

type Asked = Parameters<typeof answerComparedGraph>[2];

function findParts(db: Pool, left: string, right: string) {
  return Promise.all([findArtifact(db, left), findArtifact(db, right)]);
}

/** Where all nodes of two united graphs are on their map. */
export async function loadCompareSection(left: string, right: string, shape: SectionShape): Promise<ShapedSection> {
  const db = await database();
  const parts = await findParts(db, left, right);
  return orNotFound(() => answerComparedSection(db, parts, shape));
}

/** What is known of them. */
export async function loadCompareMapNodes(left: string, right: string): Promise<ComparedMapNodes> {
  const db = await database();
  const parts = await findParts(db, left, right);
  return orNotFound(() => answerComparedMapNodes(db, parts));
}
