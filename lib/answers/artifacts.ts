import type { Pool } from "pg";
import { countKinds } from "#lib/db/queries/count-kinds.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import { listRoots } from "#lib/db/queries/list-roots.ts";
import { listWasted } from "#lib/db/queries/list-wasted.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { sumItemFiles } from "#lib/db/queries/sum-item-files.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { GoneError } from "#lib/model/problem.ts";

/** Maximum number of wasted files of one artifact: more than any scannable artifact has. */
const ALL_WASTED = 1_000_000;

export type ArtifactAnswer = ReturnType<typeof toArtifact>;

/** One artifact with all its current names. Sizes in bytes. Throws a GoneError if no artifact has this id. */
export async function answerArtifact(db: Queryable, id: number): Promise<ArtifactAnswer> {
  return toArtifact(...(await loadArtifact(db, id)));
}

export type ShownArtifact = Awaited<ReturnType<typeof answerShow>>;

/** One artifact with its layers, components, waste and problems. Throws a GoneError if it is removed meanwhile. */
export function answerShow(db: Pool, id: number) {
  return whileThere(db, [{ id }], async () => {
    const [artifact, roots] = await loadArtifact(db, id);
    const [kinds, layers, wasted, files] = await Promise.all([
      countKinds(db, id),
      listLayers(db, [id]),
      listWasted(db, id, ALL_WASTED),
      artifact.kind === "closure" ? sumItemFiles(db, id) : undefined,
    ]);
    return {
      ...toArtifact(artifact, roots),
      layers: layers.map(toLayer),
      components: Object.fromEntries(kinds.map(({ kind, count }) => [kind, count])),
      wasted: wasted.rows,
      files,
      problems: artifact.problems,
    };
  });
}

async function loadArtifact(db: Queryable, id: number): Promise<[ArtifactDetail, roots: string[]]> {
  const artifact = await getArtifact(db, id);
  if (artifact === undefined) throw new GoneError();
  return [artifact, artifact.kind === "closure" ? await listRoots(db, id) : []];
}

function toArtifact(artifact: ArtifactDetail, roots: readonly string[]) {
  const { kind, name, allNames: names, source, digest, platform, nodeCount, edgeCount } = artifact;
  const common = { id: toArtifactId(digest), kind, name, names, source, digest, platform, nodeCount, edgeCount };
  if (kind === "closure") {
    const { closureSize, storeDir, rootsKnown } = artifact;
    return { ...common, closureSize, roots, storeDir, rootsKnown };
  }
  const { configDigest, layersContentSize, rootfsSize, wastedSize, downloadSize } = artifact;
  return { ...common, configDigest, layersContentSize, rootfsSize, wastedSize, downloadSize };
}

function toLayer({ artifactId: _, position, wastedSize: __, imageCount: ___, ...layer }: LayerRow) {
  return { index: position, ...layer };
}
