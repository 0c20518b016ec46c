import "server-only";
import { answerKeptMembers, answerKeptTree, type KeptTreeQuestion } from "#lib/answers/graph/kept-tree.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { KeptMember, KeptTreeAnswer } from "#lib/model/kept-tree.ts";
import { database } from "./database.ts";
import type { Export } from "./exports.ts";
import { nameUnowned } from "./name-unowned.ts";
import { toNodeName } from "./node-name.ts";
import { orNotFound } from "./or-not-found.ts";

export interface RetainedView extends KeptTreeAnswer {
  readonly artifact: ArtifactDetail;
}

export interface RetainedRequest extends Omit<KeptTreeQuestion, "node"> {
  /** Name, id or digest of the artifact. */
  readonly text: string;
  /** Index or name of the node. */
  readonly node?: string | undefined;
}

/** What keeps what. Throws a UsageError if a name matches nothing, or several. */
export async function loadRetained({ text, node, ...question }: RetainedRequest): Promise<RetainedView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const [artifact, answer] = await Promise.all([
      getArtifact(db, id),
      answerKeptTree(db, id, { ...question, node: toNodeName(node) }),
    ]);
    return { artifact, ...(await nameUnowned(db, id, answer)) };
  });
}

/** All that a node keeps, or everything, as a file has it. */
export async function exportRetained(text: string, node: string | undefined): Promise<Export<KeptMember>> {
  const db = await database();
  const { id, name } = await findArtifact(db, text);
  return orNotFound(async () => {
    const [{ kind }, rows] = await Promise.all([getArtifact(db, id), answerKeptMembers(db, id, toNodeName(node))]);
    return { name, kind, rows };
  });
}
