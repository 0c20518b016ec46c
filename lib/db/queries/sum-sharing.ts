import { type Queryable, toSafeSum } from "./queryable.ts";

/** What all images here need, in bytes: nothing shared, and every layer kept once. */
export interface SharingTotals {
  readonly imageCount: number;
  readonly closureCount: number;
  readonly layerCount: number;
  readonly layerReferenceCount: number;
  readonly unshared: number;
  readonly layer: number;
}

export async function sumSharing(db: Queryable): Promise<SharingTotals> {
  const { rows } = await db.query<
    Record<"images" | "closures" | "layers" | "layer_references" | "unshared" | "layer", string>
  >(
    `SELECT (SELECT count(*) FROM image) AS images, (SELECT count(*) FROM closure) AS closures,
       count(*) AS layers, coalesce(sum(u.uses), 0) AS layer_references,
       coalesce(sum(l.content_size * u.uses), 0) AS unshared, coalesce(sum(l.content_size), 0) AS layer
     FROM (SELECT layer_id, count(*) AS uses FROM image_layer GROUP BY layer_id) u JOIN layer l ON l.id = u.layer_id`,
  );
  const row = rows[0];
  return {
    imageCount: toSafeSum(row?.images ?? 0),
    closureCount: toSafeSum(row?.closures ?? 0),
    layerCount: toSafeSum(row?.layers ?? 0),
    layerReferenceCount: toSafeSum(row?.layer_references ?? 0),
    unshared: toSafeSum(row?.unshared ?? 0),
    layer: toSafeSum(row?.layer ?? 0),
  };
}
