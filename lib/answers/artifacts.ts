import { type ArtifactDetail, getArtifact, listDetails } from "#lib/db/queries/get-artifact.ts";
import { getCacheFacts } from "#lib/db/queries/get-cache-facts.ts";
import { listRoots, listSubjects } from "#lib/db/queries/list-roots.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { SignatureCounts, SignatureStatus } from "#lib/model/signature.ts";

export type ArtifactAnswer = Awaited<ReturnType<typeof answerArtifact>>;

/** One artifact with all its current names. Sizes in bytes. Throws a GoneError if no artifact has this id. */
export async function answerArtifact(db: Queryable, id: number) {
  return toArtifactAnswer(db, await getArtifact(db, id));
}

/** The artifacts with these ids, by id, without those that were removed. */
export async function answerArtifacts(db: Queryable, ids: readonly number[]): Promise<Map<number, ArtifactAnswer>> {
  const answers = new Map<number, ArtifactAnswer>();
  for (const artifact of await listDetails(db, ids)) answers.set(artifact.id, await toArtifactAnswer(db, artifact));
  return answers;
}

/** How many items of a closure are signed; `undefined` for an artifact that was never scanned from a binary cache. */
export async function answerSignatures(db: Queryable, id: number): Promise<SignatureCounts | undefined> {
  const facts = await getCacheFacts(db, id);
  if (facts === undefined) return undefined;
  const counts = facts.checks.map(() => 0);
  for (const row of facts.check) counts[row]! += 1;
  const sum = (status: SignatureStatus, keyName?: string) =>
    facts.checks.reduce((total, check, row) => {
      const isCounted = check.status === status && (keyName === undefined || check.keyName === keyName);
      return isCounted ? total + counts[row]! : total;
    }, 0);
  return {
    items: facts.check.length,
    verified: Object.fromEntries(facts.keyNames.map((name) => [name, sum("verified", name)])),
    wrong: sum("wrong"),
    noKey: sum("no-key"),
    unsigned: sum("unsigned"),
  };
}

/** The answer of an artifact whose row is at hand. */
export async function toArtifactAnswer(db: Queryable, artifact: ArtifactDetail) {
  const { kind, name, allNames: names, source, digest, platform, nodeCount, edgeCount } = artifact;
  const common = { id: toArtifactId(digest), kind, name, names, source, digest, platform, nodeCount, edgeCount };
  if (kind === "closure") {
    const { closureSize, downloadSize, storeDir, rootsKnown } = artifact;
    return { ...common, closureSize, downloadSize, roots: await listRoots(db, artifact.id), storeDir, rootsKnown };
  }
  if (kind === "sbom") {
    const { format, specVersion, documentName, fileCount } = artifact;
    return { ...common, format, specVersion, documentName, fileCount, roots: await listSubjects(db, artifact.id) };
  }
  const { configDigest, layersContentSize, rootfsSize, wastedSize, downloadSize, manifestOnly } = artifact;
  if (manifestOnly) return { ...common, manifestOnly, configDigest, downloadSize };
  return { ...common, configDigest, layersContentSize, rootfsSize, wastedSize, downloadSize };
}
