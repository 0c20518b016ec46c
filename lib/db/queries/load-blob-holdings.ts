import { type ChainId, type DiffId, digestOf } from "#lib/model/digest.ts";
import type { BlobHolding, NamedLayer } from "#lib/model/holding.ts";
import { GoneError } from "#lib/model/problem.ts";
import type { Queryable } from "./queryable.ts";

interface NamedLayerRecord {
  artifact_id: number;
  layer_id: number;
  diff_id: Buffer;
  chain_id: Buffer;
  blob_digest: Buffer;
  download_size: number | null;
}

/** What the manifests of these artifacts say, in this order. Throws a GoneError if one does not exist. */
export async function loadBlobHoldings(db: Queryable, artifactIds: readonly number[]): Promise<BlobHolding[]> {
  const { rows: kinds } = await db.query<{ id: number; kind: string }>(
    "SELECT id, kind FROM artifact WHERE id = ANY($1)",
    [artifactIds],
  );
  const { rows } = await db.query<NamedLayerRecord>(
    `SELECT p.artifact_id, p.layer_id, l.diff_id, p.chain_id, p.blob_digest, p.download_size
     FROM image_layer p JOIN layer l ON l.id = p.layer_id WHERE p.artifact_id = ANY($1) ORDER BY p.artifact_id, p.position`,
    [artifactIds],
  );
  const kindOf = new Map(kinds.map(({ id, kind }) => [id, kind]));
  const layersOf = Map.groupBy(rows, (row) => row.artifact_id);
  return artifactIds.map((artifactId) => {
    const kind = kindOf.get(artifactId);
    if (kind === undefined) throw new GoneError();
    const layers = (layersOf.get(artifactId) ?? []).map(toNamedLayer);
    return { artifactId, layers: kind === "image" ? layers : undefined };
  });
}

function toNamedLayer(record: NamedLayerRecord): NamedLayer {
  return {
    layerId: record.layer_id,
    // 32 bytes each, checked when they were written.
    diffId: digestOf(record.diff_id) as DiffId,
    chainId: digestOf(record.chain_id) as ChainId,
    digest: digestOf(record.blob_digest),
    downloadSize: record.download_size ?? undefined,
  };
}
