import "server-only";
import { answerCuts, type CutsAnswer } from "#lib/answers/cuts.ts";
import { answerNodeFiles, type NodeFiles } from "#lib/answers/node-files.ts";
import { answerNodeLayers, type NodeLayer } from "#lib/answers/node-layers.ts";
import { answerWhy, type WhyAnswer } from "#lib/answers/why.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { database } from "./database.ts";
import { nameUnowned } from "./name-unowned.ts";
import { toNodeName } from "./node-name.ts";
import { orNotFound } from "./or-not-found.ts";

export type { CutsAnswer } from "#lib/answers/cuts.ts";
export type { Neighbour, NeighbourList, PathStep } from "#lib/answers/graph/node-detail.ts";
export type { NodeFiles } from "#lib/answers/node-files.ts";
export type { NodeRow } from "#lib/db/queries/list-nodes.ts";

export interface WhyView extends WhyAnswer {
  readonly artifact: ArtifactDetail;
  readonly cuts: CutsAnswer;
  /** `undefined` for a store item with unread files, and for a component of an SBOM. */
  readonly files: NodeFiles | undefined;
  /** The layers of an image that have its files, that with most bytes first. */
  readonly layers: readonly NodeLayer[];
}

export interface WhyRequest {
  /** As named in a URL or by a user. */
  readonly artifact: string;
  readonly node: string;
  readonly pathLimit: number;
  /** Rows of each list of nodes. */
  readonly rowLimit: number;
  /** Edges of each cut. */
  readonly edgeLimit: number;
  readonly fileLimit: number;
}

/** Why a node is in an artifact. Throws a UsageError if either name matches nothing, or several. */
export async function loadWhy({ artifact: text, node: name, fileLimit, ...limits }: WhyRequest): Promise<WhyView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const node = toNodeName(name);
    const { pathLimit, rowLimit: limit, edgeLimit } = limits;
    const [artifact, answer, cut] = await Promise.all([
      getArtifact(db, id),
      answerWhy(db, { artifactId: id, node, limit, pathLimit }),
      answerCuts(db, { artifactId: id, node, edgeLimit }),
    ]);
    const { detail, cuts } = await nameUnowned(db, id, { detail: answer, cuts: cut });
    const { nodeIndex } = detail.node;
    if (artifact.kind === "sbom") return { artifact, cuts, files: undefined, layers: [], ...detail };
    const [files, layers] = await Promise.all([
      answerNodeFiles(db, { artifactId: id, nodeIndex, limit: fileLimit }),
      answerNodeLayers(db, id, nodeIndex),
    ]);
    return { artifact, cuts, files, layers, ...detail };
  });
}
