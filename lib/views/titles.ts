import "server-only";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { UsageError } from "#lib/model/problem.ts";
import { findSet } from "./chosen-set.ts";
import { database } from "./database.ts";

/** An artifact in a page's title: its name; the text of the URL if it matches several; `undefined` if it matches none. */
export async function findArtifactTitle(text: string): Promise<string | undefined> {
  try {
    return (await findArtifact(await database(), text)).name;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.candidates.length > 0 ? text : undefined;
  }
}

/** The artifacts of a set in a page's title; a name that matches none, or several, as in the URL. */
export async function findSetTitles(texts: readonly string[]): Promise<string[]> {
  const { artifacts, problems } = await findSet(await database(), texts);
  return [...artifacts.map(({ name }) => name), ...problems.map(({ text }) => text)];
}

/** Whether each of these names matches one artifact. */
export async function areFound(texts: readonly string[]): Promise<boolean> {
  return (await Promise.all(texts.map(isFound))).every((found) => found);
}

async function isFound(text: string): Promise<boolean> {
  try {
    await findArtifact(await database(), text);
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
