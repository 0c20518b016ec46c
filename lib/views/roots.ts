import "server-only";
import { answerClasses, type ClassesAnswer } from "#lib/answers/classes.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { RootClass } from "#lib/model/root-class.ts";
import { database } from "./database.ts";
import { EVERYTHING, type Export } from "./exports.ts";
import { orNotFound } from "./or-not-found.ts";

export type { OpenedClass } from "#lib/answers/classes.ts";

export interface RootsView extends ClassesAnswer {
  readonly artifact: ArtifactDetail;
}

export interface RootsRequest {
  /** Name, id or digest, from the URL. */
  readonly text: string;
  readonly limit: number;
  /** The key of the open class, and how many of its nodes are listed. */
  readonly open: number | undefined;
  readonly openLimit: number;
}

/** Which roots keep what. Throws a UsageError if the text matches no artifact, or several. */
export async function loadRoots({ text, ...rest }: RootsRequest): Promise<RootsView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const [artifact, answer] = await Promise.all([getArtifact(db, id), answerClasses(db, { artifactId: id, ...rest })]);
    return { artifact, ...answer };
  });
}

/** All classes, as a file has them. */
export async function exportClasses(text: string): Promise<Export<RootClass>> {
  const db = await database();
  const { id, name } = await findArtifact(db, text);
  const { kind } = await orNotFound(() => getArtifact(db, id));
  const { classes } = await orNotFound(() => answerClasses(db, { artifactId: id, limit: EVERYTHING }));
  return { name, kind, rows: classes.rows };
}
