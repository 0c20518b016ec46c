import "server-only";
import type { Pool } from "pg";
import { answerAdvisedFolders, type FoldersQuestion } from "#lib/answers/advice/folders.ts";
import { answerAdvice } from "#lib/answers/advise.ts";
import { answerSuspects } from "#lib/answers/suspects.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { AdviceAnswer, AdviceClass, AdviceItem } from "#lib/model/advice.ts";
import type { AdvisedFolder, AdvisedFolders } from "#lib/model/advised-folders.ts";
import { NotKnownError, UsageError } from "#lib/model/problem.ts";
import type { Suspect, SuspectsAnswer } from "#lib/model/suspect.ts";
import { database } from "./database.ts";
import type { Export } from "./exports.ts";
import { nameUnowned } from "./name-unowned.ts";
import { orNotFound } from "./or-not-found.ts";

export interface RemoveView {
  readonly artifact: ArtifactDetail;
  /** `undefined` for an SBOM, which states no bytes and no files. */
  readonly advice: AdviceAnswer | undefined;
  readonly suspects: SuspectsAnswer;
  /** Why what should have to run could not be found; `advice` is then without it. */
  readonly keepError: UsageError | undefined;
  /** `undefined` for an SBOM. */
  readonly folders: AdvisedFolders | undefined;
}

export interface RemoveRequest {
  /** Name, id or digest, from the URL. */
  readonly text: string;
  /** Selected classes, and the keys of selected suspects. */
  readonly take: readonly AdviceClass[];
  readonly gone: readonly string[];
  /** The nodes that have to run, as named by the user. */
  readonly keep: readonly string[];
  /** The folder that the picture shows. */
  readonly folder: string;
}

/** What could be removed from an artifact. Throws a UsageError if the text matches no artifact, or several. */
export async function loadRemove({ text, take, gone, keep, folder }: RemoveRequest): Promise<RemoveView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const artifact = await getArtifact(db, id);
    const [advised, suspects] = await Promise.all([
      artifact.kind === "sbom" ? NOT_ADVISED : adviseKeeping(db, id, { selected: take, keep, path: folder }),
      answerSuspects(db, { id }, gone),
    ]);
    return { artifact, ...advised, suspects: await nameUnowned(db, id, suspects) };
  });
}

type Advised = Pick<RemoveView, "advice" | "folders" | "keepError">;
const NOT_ADVISED: Advised = { advice: undefined, folders: undefined, keepError: undefined };

/** If what has to run cannot be found, advice without it, and why. */
async function adviseKeeping(db: Pool, id: number, question: Required<FoldersQuestion>): Promise<Advised> {
  const advise = async (asked: FoldersQuestion) => {
    const [advice, folders] = await Promise.all([
      answerAdvice(db, [{ id }], asked),
      answerAdvisedFolders(db, { id }, asked),
    ]);
    return { advice, folders };
  };
  try {
    return { ...(await advise(question)), keepError: undefined };
  } catch (error) {
    if (question.keep.length === 0 || !(error instanceof UsageError) || error instanceof NotKnownError) throw error;
    return { ...(await advise({ ...question, keep: [] })), keepError: error };
  }
}

/** The classes with something to remove, as a file has them. */
export async function exportAdvice(text: string, keep: readonly string[]): Promise<Export<AdviceItem>> {
  const db = await database();
  const { id, name } = await findArtifact(db, text);
  const { items, kinds } = await orNotFound(() => answerAdvice(db, [{ id }], { keep }));
  return { name, kind: kinds[0]!, rows: items };
}

/** What could go by the folders in a folder, as a file has it. */
export async function exportFolders(text: string, question: FoldersQuestion): Promise<Export<AdvisedFolder>> {
  const db = await database();
  const { id, name } = await findArtifact(db, text);
  return orNotFound(async () => {
    const [{ kind }, { folders }] = await Promise.all([
      getArtifact(db, id),
      answerAdvisedFolders(db, { id }, question),
    ]);
    return { name, kind, rows: folders };
  });
}

/** The suspects, as a file has them. */
export async function exportSuspects(text: string): Promise<Export<Suspect>> {
  const db = await database();
  const { id, name } = await findArtifact(db, text);
  const { kind } = await orNotFound(() => getArtifact(db, id));
  return { name, kind, rows: (await orNotFound(() => answerSuspects(db, { id }))).suspects };
}
