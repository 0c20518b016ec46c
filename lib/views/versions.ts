import "server-only";
import { answerVersions, type VersionsQuestion } from "#lib/answers/versions.ts";
import type { VersionsAnswer } from "#lib/model/name-version.ts";
import { database } from "./database.ts";
import { EVERYTHING } from "./exports.ts";
import { orNotFound } from "./or-not-found.ts";

/** What a name referred to over time. Throws a UsageError if it is not known. */
export async function loadVersions(question: VersionsQuestion): Promise<VersionsAnswer> {
  const db = await database();
  return orNotFound(() => answerVersions(db, question));
}

/** The same with all versions, as a file has them. */
export function exportVersions(question: Omit<VersionsQuestion, "limit">): Promise<VersionsAnswer> {
  return loadVersions({ ...question, limit: EVERYTHING });
}
