import "server-only";
import type { NodeDetail } from "#lib/answers/graph/node-detail.ts";
import { answerNodeFiles, type NodeFiles } from "#lib/answers/node-files.ts";
import { answerWhy } from "#lib/answers/why.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { database } from "./database.ts";
import { toNodeName } from "./node-name.ts";
import { orNotFound } from "./or-not-found.ts";

export type { Neighbour, NeighbourList, NodeDetail, PathStep } from "#lib/answers/graph/node-detail.ts";
export type { NodeFiles } from "#lib/answers/node-files.ts";
export type { NodeRow } from "#lib/db/queries/list-nodes.ts";

/** Rows of each list on the page. */
const MAX_LIST_ROWS = 40;

export interface WhyView extends NodeDetail {
  readonly artifact: ArtifactDetail;
  /** `undefined` for a store item with unread files, and for a component of an SBOM. */
  readonly files: NodeFiles | undefined;
}

export interface WhyRequest {
  /** As named in a URL or by a user. */
  readonly artifact: string;
  readonly node: string;
  readonly pathLimit: number;
  readonly fileLimit: number;
}

/** Why a node is in an artifact. Throws a UsageError if either name matches nothing, or several. */
export async function loadWhy({ artifact: text, node, pathLimit, fileLimit }: WhyRequest): Promise<WhyView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const [artifact, detail] = await Promise.all([
      getArtifact(db, id),
      answerWhy(db, { artifactId: id, node: toNodeName(node), limit: MAX_LIST_ROWS, pathLimit }),
    ]);
    const { nodeIndex } = detail.node;
    if (artifact.kind === "sbom") return { artifact, files: undefined, ...detail };
    const files = await answerNodeFiles(db, { artifactId: id, nodeIndex, limit: fileLimit });
    return { artifact, files, ...detail };
  });
}
