import "server-only";
import type { Pool } from "pg";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactPart, distinctParts } from "#lib/model/artifact-part.ts";
import { UsageError } from "#lib/model/problem.ts";

/** An artifact that an address names. */
export interface ChosenArtifact extends ArtifactPart {
  /** As the address spells it. */
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

/** What these names mean. Never throws for a name: a page shows what it has, and asks about the rest. */
export async function findSet(db: Pool, names: readonly string[]): Promise<ChosenSet> {
  const found = await Promise.all(names.map((text) => findOne(db, text)));
  const artifacts: ChosenArtifact[] = [];
  const problems: NameProblem[] = [];
  for (const one of found) {
    if ("message" in one) problems.push(one);
    else artifacts.push(one);
  }
  return { artifacts: distinctParts(artifacts), problems };
}

async function findOne(db: Pool, text: string): Promise<ChosenArtifact | NameProblem> {
  try {
    return { text, ...(await findArtifact(db, text)) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { text, message: error.message, candidates: error.candidates };
  }
}
