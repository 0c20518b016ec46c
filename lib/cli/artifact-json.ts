import type { ArtifactDetail } from "#lib/db/queries/get-artifact.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { listRoots } from "#lib/db/queries/list-roots.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";

/** Hex digits of the digest that stand for an artifact: enough for every artifact there is, short enough to type. */
const ID_DIGITS = 16;

/** The short id of an artifact: the beginning of its digest. */
export function toArtifactId(digest: string): string {
  return digest.slice("sha256:".length, "sha256:".length + ID_DIGITS);
}

/** An artifact as every command prints it. Sizes in bytes. */
export function toArtifactJson(artifact: ArtifactDetail, roots: readonly string[]) {
  const { kind, name, source, digest, platform, nodeCount, edgeCount } = artifact;
  const common = { id: toArtifactId(digest), kind, name, source, digest, platform, nodeCount, edgeCount };
  if (kind === "closure") {
    const { closureSize, storeDir, rootsKnown } = artifact;
    return { ...common, closureSize, roots, storeDir, rootsKnown };
  }
  const { configDigest, layersContentSize, rootfsSize, wastedSize, downloadSize } = artifact;
  return { ...common, configDigest, layersContentSize, rootfsSize, wastedSize, downloadSize };
}

/** The artifact of this database id as JSON. Throws when there is none: the caller has just found it. */
export async function loadArtifactJson(db: Queryable, id: number) {
  const artifact = await getArtifact(db, id);
  if (artifact === undefined) throw new Error(`artifact ${id} went away`);
  const roots = artifact.kind === "closure" ? await listRoots(db, id) : [];
  return { artifact, json: toArtifactJson(artifact, roots) };
}
