import "server-only";
import type { Pool } from "pg";
import type { FoundArtifact } from "#lib/db/queries/find-artifact.ts";
import { findArtifacts } from "#lib/db/queries/find-artifacts.ts";
import { type ArtifactPart, distinctParts } from "#lib/model/artifact-part.ts";
import { UsageError } from "#lib/model/problem.ts";
import { shortDigest } from "#lib/model/short-digest.ts";

/** An artifact named in a URL. */
export interface ChosenArtifact extends ArtifactPart {
  /** Its key in every link of the page: the beginning of its digest, or a root's store path. */
  readonly text: string;
  readonly name: string;
  /** `sha256:…` */
  readonly digest: string;
}

/** A name that matches nothing, or several artifacts. */
export interface NameProblem {
  readonly text: string;
  readonly message: string;
  /** Its possible meanings: `NAME DIGEST` each. */
  readonly candidates: readonly string[];
}

export interface ChosenSet {
  /** Each once, in the order of the URL. */
  readonly artifacts: readonly ChosenArtifact[];
  readonly problems: readonly NameProblem[];
}

/**
 * The artifacts that these names and patterns match. Never throws for a name: a page shows the matches, and asks about the rest.
 */
export async function findSet(db: Pool, names: readonly string[]): Promise<ChosenSet> {
  const found = await Promise.all(names.map((text) => findNamed(db, text)));
  const artifacts: ChosenArtifact[] = [];
  const problems: NameProblem[] = [];
  for (const one of found) {
    if ("message" in one) problems.push(one);
    else artifacts.push(...one.map((artifact) => ({ ...artifact, text: toCarried(artifact) })));
  }
  return { artifacts: distinctParts(artifacts), problems };
}

type Named = FoundArtifact & { readonly asked: string };

async function findNamed(db: Pool, text: string): Promise<Named[] | NameProblem> {
  try {
    return (await findArtifacts(db, text)).map((found) => ({ ...found, asked: text }));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { text, message: error.message, candidates: error.candidates };
  }
}

/** A name may move before the next click. A root's store path cannot, and is more specific than the whole store's digest. */
function toCarried({ digest, root, asked }: Named): string {
  return root === undefined ? shortDigest(digest) : asked;
}
