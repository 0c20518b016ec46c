import { int32Column } from "./columns.ts";
import type { Queryable } from "./queryable.ts";

/** `image.owners` of one image: the owner's node index per layer entry, layers concatenated, bottom first; -1 if hidden. */
export async function loadOwners(db: Queryable, artifactId: number): Promise<Int32Array> {
  const { rows } = await db.query<{ owners: Buffer }>(`SELECT owners FROM image WHERE artifact_id = $1`, [artifactId]);
  return rows[0] === undefined ? new Int32Array(0) : int32Column(rows[0].owners);
}
