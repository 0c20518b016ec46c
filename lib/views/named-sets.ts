import "server-only";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { openNamedSets } from "#lib/db/sets/named-sets.ts";
import { type Digest, parseDigest } from "#lib/model/digest.ts";
import { UsageError } from "#lib/model/problem.ts";
import { database } from "./database.ts";

/** Saves the artifacts that these names currently match as a set. Throws a UsageError for names without a match. */
export async function keepSet(name: string, texts: readonly string[]): Promise<void> {
  const db = await database();
  const found = await Promise.all(texts.map((text) => findArtifact(db, text)));
  const part = found.findIndex(({ root }) => root !== undefined);
  if (part >= 0)
    throw new UsageError(`a set contains whole artifacts: scan ${texts[part]} with --root to store its closure`);
  const digests = found
    .map(({ digest }) => parseDigest(digest))
    .filter((digest): digest is Digest => digest !== undefined);
  await openNamedSets(db).save({ name, digests: [...new Set(digests)] });
}

/** False if the set does not exist. */
export async function forgetSet(name: string): Promise<boolean> {
  return openNamedSets(await database()).remove(name);
}
