import "server-only";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { openNamedSets } from "#lib/db/sets/named-sets.ts";
import { type Digest, parseDigest } from "#lib/model/digest.ts";
import { UsageError } from "#lib/model/problem.ts";
import { database } from "./database.ts";

/** Keeps the artifacts that these names mean now as a set. Throws a UsageError for names that mean nothing. */
export async function keepSet(name: string, texts: readonly string[]): Promise<void> {
  const db = await database();
  const found = await Promise.all(texts.map((text) => findArtifact(db, text)));
  const part = found.findIndex(({ root }) => root !== undefined);
  if (part >= 0)
    throw new UsageError(`a set keeps whole artifacts: scan ${texts[part]} with --root to keep its closure`);
  const digests = found
    .map(({ digest }) => parseDigest(digest))
    .filter((digest): digest is Digest => digest !== undefined);
  await openNamedSets(db).save({ name, digests: [...new Set(digests)] });
}

/** False where there is no such set. */
export async function forgetSet(name: string): Promise<boolean> {
  return openNamedSets(await database()).remove(name);
}
