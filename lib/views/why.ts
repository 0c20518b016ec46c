import "server-only";
import { answerCuts, type CutsAnswer } from "#lib/answers/cuts.ts";
import { answerNodeFiles, type NodeFiles } from "#lib/answers/node-files.ts";
import { answerNodeLayers, type NodeLayer } from "#lib/answers/node-layers.ts";
import { answerNodePrograms } from "#lib/answers/programs.ts";
import { answerWhy, type WhyAnswer } from "#lib/answers/why.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { NodeProgram, NodePrograms, ProgramNeed } from "#lib/model/program-answer.ts";
import { database } from "./database.ts";
import { EVERYTHING, type Export } from "./exports.ts";
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
  /** Its programs, libraries and scripts; `undefined` for a node of another artifact than an image. */
  readonly programs: NodePrograms | undefined;
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
  readonly programLimit: number;
}

/** Why a node is in an artifact. Throws a UsageError if either name matches nothing, or several. */
export async function loadWhy({
  artifact: text,
  node: name,
  fileLimit,
  programLimit,
  ...limits
}: WhyRequest): Promise<WhyView> {
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
    if (artifact.kind === "sbom")
      return { artifact, cuts, files: undefined, programs: undefined, layers: [], ...detail };
    const [files, layers, programs] = await Promise.all([
      answerNodeFiles(db, { artifactId: id, nodeIndex, limit: fileLimit }),
      answerNodeLayers(db, id, nodeIndex),
      artifact.kind === "image"
        ? answerNodePrograms(db, { artifactId: id, nodeIndex, limit: programLimit })
        : undefined,
    ]);
    return { artifact, cuts, files, programs, layers, ...detail };
  });
}

/** One need of one file of a node, as a file has it; the need is `undefined` for a file that needs nothing. */
export interface ProgramRow {
  readonly file: NodeProgram;
  readonly need: ProgramNeed | undefined;
}

/** What all programs, libraries and scripts of a node need, a row for each need. */
export async function exportPrograms(text: string, name: string): Promise<Export<ProgramRow>> {
  const db = await database();
  const artifact = await findArtifact(db, text);
  return orNotFound(async () => {
    const { kind } = await getArtifact(db, artifact.id);
    const { node } = await answerWhy(db, { artifactId: artifact.id, node: toNodeName(name), limit: 0, pathLimit: 0 });
    const { nodeIndex } = node;
    const { rows } = await answerNodePrograms(db, { artifactId: artifact.id, nodeIndex, limit: EVERYTHING });
    return { name: `${artifact.name}-${node.name}`, kind, rows: rows.flatMap(toRows) };
  });
}

function toRows(file: NodeProgram): ProgramRow[] {
  const { program } = file;
  const needs =
    program.kind === "script" ? [] : [program.interpreter, ...program.needed].filter((each) => each !== undefined);
  return needs.length === 0 ? [{ file, need: undefined }] : needs.map((need) => ({ file, need }));
}
