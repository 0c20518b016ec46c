import "server-only";
import type { Pool } from "pg";
import type { FoundArtifact } from "#lib/db/queries/find-artifact.ts";
import { findArtifacts } from "#lib/db/queries/find-artifacts.ts";
import { type ArtifactPart, distinctParts } from "#lib/model/artifact-part.ts";
import { UsageError } from "#lib/model/problem.ts";
import { shortDigest } from "#lib/model/short-digest.ts";

/** An artifact that an address names. */
export interface ChosenArtifact extends ArtifactPart {
  /** What every link of the page carries: the beginning of its digest, or a root's store path. */
  readonly text: string;
  readonly name: string;
  /** `sha256:…` */
  readonly digest: string;
}

/** A name that leads to nothing, or to several. */
export interface NameProblem {
  readonly text: string;
  readonly message: string;
  /** What it may mean: `NAME DIGEST` each. */
  readonly candidates: readonly string[];
}

export interface ChosenSet {
  /** Each once, in the order of the address. */
  readonly artifacts: readonly ChosenArtifact[];
  readonly problems: readonly NameProblem[];
}

/** What these names and patterns mean. Never throws for a name: a page shows what it has, and asks about the rest. */
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

/** A name may mean another artifact by the next click. A root's store path cannot, and says more than the whole store's digest. */
function toCarried({ digest, root, asked }: Named): string {
  return root === undefined ? shortDigest(digest) : asked;
}
