import type { Queryable } from "./queryable.ts";

interface Sums {
  readonly layerReferenceCount: number;
  readonly unshared: number;
  readonly chain: number;
  readonly layer: number;
}

/**
 * Bytes needed by all stored images: with nothing shared, with layers on a disk, and with every layer stored once. As soon as one
 * is known by its manifest alone, the bytes of all are those of downloads.
 */
export interface SharingTotals extends Sums {
  readonly imageCount: number;
  readonly closureCount: number;
  readonly sbomCount: number;
  readonly byDownload: boolean;
  /** Images that are not in the sums, because their download sizes are not known. */
  readonly leftOutCount: number;
}

interface ImageCounts {
  readonly imageCount: number;
  readonly closureCount: number;
  readonly sbomCount: number;
  readonly manifestOnlyCount: number;
  readonly unknownCount: number;
}

export async function sumSharing(db: Queryable): Promise<SharingTotals> {
  const { rows } = await db.query<ImageCounts>(
    `SELECT count(*) AS "imageCount", (SELECT count(*) FROM closure) AS "closureCount",
       (SELECT count(*) FROM sbom) AS "sbomCount",
       count(*) FILTER (WHERE rootfs_size IS NULL) AS "manifestOnlyCount",
       count(*) FILTER (WHERE download_size IS NULL) AS "unknownCount" FROM image`,
  );
  const { imageCount, closureCount, sbomCount, manifestOnlyCount, unknownCount } = rows[0]!;
  const byDownload = manifestOnlyCount > 0;
  const sums = await (byDownload ? sumDownloads(db) : sumContents(db));
  return { imageCount, closureCount, sbomCount, byDownload, leftOutCount: byDownload ? unknownCount : 0, ...sums };
}

async function sumContents(db: Queryable): Promise<Sums> {
  const { rows } = await db.query<Sums>(
    `SELECT coalesce(sum(u.uses), 0) AS "layerReferenceCount", coalesce(sum(l.content_size * u.uses), 0) AS unshared,
       coalesce(sum(l.content_size * u.chains), 0) AS chain, coalesce(sum(l.content_size), 0) AS layer
     FROM (SELECT layer_id, count(*) AS uses, count(DISTINCT chain_id) AS chains FROM image_layer GROUP BY layer_id) u
     JOIN layer l ON l.id = u.layer_id`,
  );
  return rows[0]!;
}

/** A layer with several blobs counts with the smallest. */
async function sumDownloads(db: Queryable): Promise<Sums> {
  const { rows } = await db.query<Sums>(
    `SELECT coalesce(sum(uses), 0) AS "layerReferenceCount", coalesce(sum(every), 0) AS unshared,
       coalesce(sum(chains), 0) AS chain, coalesce(sum(least), 0) AS layer
     FROM (
       SELECT layer_id, sum(uses) AS uses, sum(every) AS every, min(least) * count(*) AS chains, min(least) AS least FROM (
         SELECT p.layer_id, count(*) AS uses, sum(p.download_size) AS every, min(p.download_size) AS least
         FROM image_layer p JOIN image i ON i.artifact_id = p.artifact_id
         WHERE i.download_size IS NOT NULL GROUP BY p.layer_id, p.chain_id
       ) c GROUP BY layer_id
     ) l`,
  );
  return rows[0]!;
}
