import type { ArtifactDetail } from "#lib/db/queries/get-artifact.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { listRoots } from "#lib/db/queries/list-roots.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { GoneError } from "#lib/model/problem.ts";

/** An artifact as every command prints it, with all names that mean it now. Sizes in bytes. */
export function toArtifactJson(artifact: ArtifactDetail, roots: readonly string[]) {
  const { kind, name, allNames: names, source, digest, platform, nodeCount, edgeCount } = artifact;
  const common = { id: toArtifactId(digest), kind, name, names, source, digest, platform, nodeCount, edgeCount };
  if (kind === "closure") {
    const { closureSize, storeDir, rootsKnown } = artifact;
    return { ...common, closureSize, roots, storeDir, rootsKnown };
  }
  const { configDigest, layersContentSize, rootfsSize, wastedSize, downloadSize } = artifact;
  return { ...common, configDigest, layersContentSize, rootfsSize, wastedSize, downloadSize };
}

/** The artifact of this database id as JSON. Throws a GoneError when there is none: the caller had just found it. */
export async function loadArtifactJson(db: Queryable, id: number) {
  const artifact = await getArtifact(db, id);
  if (artifact === undefined) throw new GoneError();
  const roots = artifact.kind === "closure" ? await listRoots(db, id) : [];
  return { artifact, json: toArtifactJson(artifact, roots) };
}
