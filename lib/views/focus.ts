import "server-only";
import { answerSelection, type SelectionAnswer } from "#lib/answers/graph/artifact-graph.ts";
import { answerFocus, answerFocusMembers } from "#lib/answers/graph/focus.ts";
import type { FocusQuestion } from "#lib/answers/graph/focus-middle.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { FocusAnswer, FocusMember } from "#lib/model/focus-answer.ts";
import { database } from "./database.ts";
import type { Export } from "./exports.ts";
import { nameUnowned } from "./name-unowned.ts";
import { toNodeName } from "./node-name.ts";
import { orNotFound } from "./or-not-found.ts";

export interface FocusPage extends FocusAnswer, Pick<SelectionAnswer, "matches"> {
  readonly artifact: ArtifactDetail;
}

export interface FocusRequest extends Omit<FocusQuestion, "node" | "trail"> {
  /** Name, id or digest of the artifact. */
  readonly text: string;
  /** Index or name of the node. */
  readonly node?: string | undefined;
  readonly trail: readonly string[];
  /** Text to search for among all nodes. */
  readonly search: string;
}

/** One node with what needs it and what it needs. Throws a UsageError if a name matches nothing, or several. */
export async function loadFocusPage({ text, node, trail, search, ...question }: FocusRequest): Promise<FocusPage> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const [artifact, answer, { matches }] = await Promise.all([
      getArtifact(db, id),
      answerFocus(db, id, { ...question, node: toNodeName(node), trail: trail.map((walked) => toNodeName(walked)) }),
      answerSelection(db, id, { node: undefined, search }),
    ]);
    return { artifact, ...(await nameUnowned(db, id, { ...answer, matches })) };
  });
}

/** Everything around a node, or all that a part lists. Throws like `loadFocusPage`. */
export async function exportFocus({
  text,
  node,
  trail: _,
  search: __,
  ...question
}: FocusRequest): Promise<Export<FocusMember>> {
  const db = await database();
  const { id, name } = await findArtifact(db, text);
  return orNotFound(async () => {
    const asked = { ...question, node: toNodeName(node), trail: [] };
    const [{ kind }, rows] = await Promise.all([getArtifact(db, id), answerFocusMembers(db, id, asked)]);
    return { name, kind, rows };
  });
}
