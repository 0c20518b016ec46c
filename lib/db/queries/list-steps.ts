import type { Queryable } from "./queryable.ts";

/** A layer's position in an image, and the step that made it. */
export interface LayerStep {
  readonly position: number;
  readonly diffId: string;
  readonly createdBy: string;
}

/** The steps of an image's layers, the highest first; [] for other artifacts. */
export async function listSteps(db: Queryable, artifactId: number): Promise<LayerStep[]> {
  const { rows } = await db.query<LayerStep>(
    `SELECT p.position, 'sha256:' || encode(l.diff_id, 'hex') AS "diffId", p.created_by AS "createdBy"
     FROM image_layer p JOIN layer l ON l.id = p.layer_id WHERE p.artifact_id = $1 ORDER BY p.position DESC`,
    [artifactId],
  );
  return rows;
}
