import type { Queryable } from "./queryable.ts";

/** Bytes needed by all stored images: with nothing shared, with layers on a disk, and with every layer stored once. */
export interface SharingTotals {
  readonly imageCount: number;
  readonly closureCount: number;
  readonly layerReferenceCount: number;
  readonly unshared: number;
  readonly chain: number;
  readonly layer: number;
}

export async function sumSharing(db: Queryable): Promise<SharingTotals> {
  const { rows } = await db.query<SharingTotals>(
    `SELECT (SELECT count(*) FROM image) AS "imageCount", (SELECT count(*) FROM closure) AS "closureCount",
       coalesce(sum(u.uses), 0) AS "layerReferenceCount", coalesce(sum(l.content_size * u.uses), 0) AS unshared,
       coalesce(sum(l.content_size * u.chains), 0) AS chain, coalesce(sum(l.content_size), 0) AS layer
     FROM (SELECT layer_id, count(*) AS uses, count(DISTINCT chain_id) AS chains FROM image_layer GROUP BY layer_id) u
     JOIN layer l ON l.id = u.layer_id`,
  );
  return rows[0]!;
}
