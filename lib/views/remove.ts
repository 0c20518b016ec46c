import "server-only";
import { answerAdvice } from "#lib/answers/advise.ts";
import { answerSuspects } from "#lib/answers/suspects.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { AdviceAnswer, AdviceClass, AdviceItem } from "#lib/model/advice.ts";
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
}

export interface RemoveRequest {
  /** Name, id or digest, from the URL. */
  readonly text: string;
  /** Selected classes, and the keys of selected suspects. */
  readonly take: readonly AdviceClass[];
  readonly gone: readonly string[];
}

/** What could be removed from an artifact. Throws a UsageError if the text matches no artifact, or several. */
export async function loadRemove({ text, take, gone }: RemoveRequest): Promise<RemoveView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const artifact = await getArtifact(db, id);
    const [advice, suspects] = await Promise.all([
      artifact.kind === "sbom" ? undefined : answerAdvice(db, [{ id }], { selected: take }),
      answerSuspects(db, { id }, gone),
    ]);
    return { artifact, advice, suspects: await nameUnowned(db, id, suspects) };
  });
}

/** The classes with something to remove, as a file has them. */
export async function exportAdvice(text: string): Promise<Export<AdviceItem>> {
  const db = await database();
  const { id, name } = await findArtifact(db, text);
  const { items, kinds } = await orNotFound(() => answerAdvice(db, [{ id }]));
  return { name, kind: kinds[0]!, rows: items };
}

/** The suspects, as a file has them. */
export async function exportSuspects(text: string): Promise<Export<Suspect>> {
  const db = await database();
  const { id, name } = await findArtifact(db, text);
  const { kind } = await orNotFound(() => getArtifact(db, id));
  return { name, kind, rows: (await orNotFound(() => answerSuspects(db, { id }))).suspects };
}
