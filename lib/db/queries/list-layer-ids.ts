import type { Queryable } from "./queryable.ts";

/** Database ids of an image's layers, the lowest first; [] if the image is removed. */
export async function listLayerIds(db: Queryable, artifactId: number): Promise<number[]> {
  const { rows } = await db.query<{ layer_id: number }>(
    "SELECT layer_id FROM image_layer WHERE artifact_id = $1 ORDER BY position",
    [artifactId],
  );
  return rows.map(({ layer_id }) => layer_id);
}
