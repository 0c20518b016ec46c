import type { Queryable } from "./queryable.ts";

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
  /** `undefined` if the layer was never read, and so are the other two. */
  readonly tarSize: number | undefined;
  readonly contentSize: number | undefined;
  readonly wastedSize: number;
  readonly entryCount: number | undefined;
  /** Stored artifacts with this layer, this one included. */
  readonly imageCount: number;
}

interface SizeRecord {
  readonly downloadSize: number | null;
  readonly tarSize: number | null;
  readonly contentSize: number | null;
  readonly entryCount: number | null;
}

/** The layers of these images, each image's lowest first. */
export async function listLayers(db: Queryable, artifactIds: readonly number[]): Promise<LayerRow[]> {
  const { rows } = await db.query<Omit<LayerRow, keyof SizeRecord> & SizeRecord>(
    `SELECT p.artifact_id AS "artifactId", p.position, 'sha256:' || encode(l.diff_id, 'hex') AS "diffId",
       'sha256:' || encode(p.chain_id, 'hex') AS "chainId", 'sha256:' || encode(p.blob_digest, 'hex') AS digest,
       p.media_type AS "mediaType", p.created_by AS "createdBy", p.download_size AS "downloadSize", l.tar_size AS "tarSize",
       l.content_size AS "contentSize", coalesce(w.wasted_size, 0) AS "wastedSize", l.entry_count AS "entryCount",
       u.image_count AS "imageCount"
     FROM image_layer p
     JOIN layer l ON l.id = p.layer_id
     -- Once per layer: images of one registry have many in common.
     JOIN (
       SELECT layer_id, count(DISTINCT artifact_id) AS image_count FROM image_layer
       WHERE layer_id IN (SELECT layer_id FROM image_layer WHERE artifact_id = ANY($1)) GROUP BY layer_id
     ) u ON u.layer_id = p.layer_id
     LEFT JOIN (
       SELECT artifact_id, layer, sum(byte_count) AS wasted_size FROM wasted_body WHERE artifact_id = ANY($1) GROUP BY 1, 2
     ) w ON w.artifact_id = p.artifact_id AND w.layer = p.position
     WHERE p.artifact_id = ANY($1) ORDER BY p.artifact_id, p.position`,
    [artifactIds],
  );
  return rows.map((row) => ({
    ...row,
    downloadSize: row.downloadSize ?? undefined,
    tarSize: row.tarSize ?? undefined,
    contentSize: row.contentSize ?? undefined,
    entryCount: row.entryCount ?? undefined,
  }));
}
