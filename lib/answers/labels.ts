import type { Pool } from "pg";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import type { ArtifactLabel } from "#lib/model/answer.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";

/** The artifacts as an answer names them, in this order. */
export async function loadLabels(db: Pool, ids: readonly number[]): Promise<ArtifactLabel[]> {
  const [details, layers] = await Promise.all([
    Promise.all(ids.map((id) => getArtifact(db, id))),
    listLayers(db, [...new Set(ids)]),
  ]);
  const layersOf = Map.groupBy(layers, ({ artifactId }) => artifactId);
  return details.map((artifact, i) => {
    if (artifact === undefined) throw new Error(`artifact ${ids[i]} vanished while its page was read`);
    const { kind, name, digest, layersContentSize, closureSize } = artifact;
    return {
      id: toArtifactId(digest),
      name,
      kind,
      digest,
      byteCount: kind === "image" ? layersContentSize : closureSize,
      layers: (layersOf.get(artifact.id) ?? []).map(toLabel),
    };
  });
}

function toLabel({ diffId, chainId, contentSize, wastedSize, createdBy }: LayerRow): ArtifactLabel["layers"][number] {
  return { diffId, chainId, contentSize, wastedSize, createdBy };
}
