import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import type { Queryable } from "./queryable.ts";

export interface MeasuredArtifact {
  readonly id: number;
  readonly kind: ArtifactKind;
}

/** Every artifact and its kind, in the order they were stored, without images that are known by their manifest alone. */
export async function listArtifactKinds(db: Queryable): Promise<MeasuredArtifact[]> {
  const { rows } = await db.query<MeasuredArtifact>(
    `SELECT a.id, a.kind FROM artifact a LEFT JOIN image i ON i.artifact_id = a.id
     WHERE a.kind <> 'image' OR i.rootfs_size IS NOT NULL ORDER BY a.id`,
  );
  return rows;
}
