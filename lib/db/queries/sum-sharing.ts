import { type Queryable, toSafeSum } from "./queryable.ts";

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
  const { rows } = await db.query<
    Record<"images" | "closures" | "layer_references" | "unshared" | "chain" | "layer", string>
  >(
    `SELECT (SELECT count(*) FROM image) AS images, (SELECT count(*) FROM closure) AS closures,
       coalesce(sum(u.uses), 0) AS layer_references, coalesce(sum(l.content_size * u.uses), 0) AS unshared,
       coalesce(sum(l.content_size * u.chains), 0) AS chain, coalesce(sum(l.content_size), 0) AS layer
     FROM (SELECT layer_id, count(*) AS uses, count(DISTINCT chain_id) AS chains FROM image_layer GROUP BY layer_id) u
     JOIN layer l ON l.id = u.layer_id`,
  );
  const row = rows[0];
  return {
    imageCount: toSafeSum(row?.images ?? 0),
    closureCount: toSafeSum(row?.closures ?? 0),
    layerReferenceCount: toSafeSum(row?.layer_references ?? 0),
    unshared: toSafeSum(row?.unshared ?? 0),
    chain: toSafeSum(row?.chain ?? 0),
    layer: toSafeSum(row?.layer ?? 0),
  };
}
