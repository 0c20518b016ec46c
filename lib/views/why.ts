import "server-only";
import type { Pool } from "pg";
import { graphOf } from "#lib/answers/kept-graphs.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { GoneError } from "#lib/model/problem.ts";
import { database } from "./database.ts";
import { findNodeIndex } from "./find-node-index.ts";
import { loadNodeDetail, type NodeDetail } from "./node-detail.ts";
import { loadNodeFiles, type NodeFiles } from "./node-files.ts";
import { orNotFound } from "./or-not-found.ts";

export type { NodeRow } from "#lib/db/queries/list-nodes.ts";
export type { Neighbour, NeighbourList, NodeDetail, PathStep } from "./node-detail.ts";
export type { NodeFiles } from "./node-files.ts";

/** Rows of each list on the page. */
const LIST_LIMIT = 40;

export interface WhyView extends NodeDetail {
  readonly artifact: ArtifactDetail;
  /** `undefined` for a store item whose files nobody has read. */
  readonly files: NodeFiles | undefined;
}

export interface WhyRequest {
  /** As an address or a person names them. */
  readonly artifact: string;
  readonly node: string;
  readonly pathLimit: number;
  readonly fileLimit: number;
}

/** Why a node is in an artifact. Throws a UsageError where either name fits nothing, or several. */
export async function loadWhy(request: WhyRequest): Promise<WhyView> {
  const db = await database();
  const found = await findArtifact(db, request.artifact);
  return orNotFound([found], () => loadFound(db, found.id, request));
}

async function loadFound(db: Pool, id: number, request: WhyRequest): Promise<WhyView> {
  const [artifact, graph] = await Promise.all([getArtifact(db, id), graphOf(db, id)]);
  if (artifact === undefined) throw new GoneError();
  const nodeIndex = findNodeIndex(graph, request.node);
  const { pathLimit, fileLimit } = request;
  const [detail, files] = await Promise.all([
    loadNodeDetail(db, { artifactId: id, graph, nodeIndex, limit: LIST_LIMIT, pathLimit }),
    loadNodeFiles(db, { artifactId: id, nodeIndex, limit: fileLimit }),
  ]);
  return { artifact, files, ...detail };
}
