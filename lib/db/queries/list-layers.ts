import { type Queryable, toKnownSize, toSafeInteger, toSafeSum } from "./queryable.ts";

/** One layer at its position in one image. Sizes in bytes, digests as `sha256:…`. */
export interface LayerRow {
  readonly artifactId: number;
  /** 0 is the lowest. */
  readonly position: number;
  readonly diffId: string;
  readonly chainId: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly createdBy: string;
  /** `undefined` if the compressed size is not known. */
  readonly downloadSize: number | undefined;
  readonly tarSize: number;
  readonly contentSize: number;
  readonly wastedSize: number;
  readonly entryCount: number;
  /** Stored artifacts with this layer, this one included. */
  readonly imageCount: number;
}

interface LayerRecord {
  artifact_id: number;
  position: number;
  diff_id: string;
  chain_id: string;
  digest: string;
  media_type: string;
  created_by: string;
  download_size: string | null;
  tar_size: string;
  content_size: string;
  wasted_size: string | null;
  entry_count: number;
  image_count: number;
}

/** The layers of these images, each image's lowest first. */
export async function listLayers(db: Queryable, artifactIds: readonly number[]): Promise<LayerRow[]> {
  const { rows } = await db.query<LayerRecord>(
    `SELECT p.artifact_id, p.position, 'sha256:' || encode(l.diff_id, 'hex') AS diff_id,
       'sha256:' || encode(p.chain_id, 'hex') AS chain_id, 'sha256:' || encode(p.blob_digest, 'hex') AS digest,
       p.media_type, p.created_by, p.download_size, l.tar_size, l.content_size, l.entry_count, w.wasted_size,
       (SELECT count(DISTINCT o.artifact_id)::int FROM image_layer o WHERE o.layer_id = p.layer_id) AS image_count
     FROM image_layer p
     JOIN layer l ON l.id = p.layer_id
     LEFT JOIN (
       SELECT artifact_id, layer, sum(byte_count) AS wasted_size FROM wasted_body WHERE artifact_id = ANY($1) GROUP BY 1, 2
     ) w ON w.artifact_id = p.artifact_id AND w.layer = p.position
     WHERE p.artifact_id = ANY($1) ORDER BY p.artifact_id, p.position`,
    [artifactIds],
  );
  return rows.map(toLayerRow);
}

function toLayerRow(record: LayerRecord): LayerRow {
  return {
    artifactId: record.artifact_id,
    position: record.position,
    diffId: record.diff_id,
    chainId: record.chain_id,
    digest: record.digest,
    mediaType: record.media_type,
    createdBy: record.created_by,
    downloadSize: toKnownSize(record.download_size),
    tarSize: toSafeInteger(record.tar_size),
    contentSize: toSafeInteger(record.content_size),
    wastedSize: toSafeSum(record.wasted_size),
    entryCount: record.entry_count,
    imageCount: record.image_count,
  };
}
