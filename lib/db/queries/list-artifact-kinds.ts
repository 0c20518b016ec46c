import type { Queryable } from "./queryable.ts";

export interface ArtifactKind {
  readonly id: number;
  readonly kind: "image" | "closure";
}

/** Every artifact and its kind, in the order they were stored, without images that are known by their manifest alone. */
export async function listArtifactKinds(db: Queryable): Promise<ArtifactKind[]> {
  const { rows } = await db.query<ArtifactKind>(
    `SELECT a.id, a.kind FROM artifact a LEFT JOIN image i ON i.artifact_id = a.id
     WHERE a.kind = 'closure' OR i.rootfs_size IS NOT NULL ORDER BY a.id`,
  );
  return rows;
}
