import type { Queryable } from "./queryable.ts";

export interface ArtifactKind {
  readonly id: number;
  readonly kind: "image" | "closure";
}

/** Every artifact and its kind, in the order they were stored. */
export async function listArtifactKinds(db: Queryable): Promise<ArtifactKind[]> {
  const { rows } = await db.query<ArtifactKind>("SELECT id, kind FROM artifact ORDER BY id");
  return rows;
}
