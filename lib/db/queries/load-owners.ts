import type { Queryable } from "./queryable.ts";

/** `image.owners` of one image: the owner's node index per layer entry, layers concatenated, bottom first; -1 if hidden. */
export async function loadOwners(db: Queryable, artifactId: number): Promise<Int32Array> {
  const { rows } = await db.query<{ owners: Buffer }>(`SELECT owners FROM image WHERE artifact_id = $1`, [artifactId]);
  return rows[0] === undefined ? new Int32Array(0) : int32Column(rows[0].owners);
}

/** A bytea of little-endian 32-bit integers as a separate typed array. */
export function int32Column(bytes: Buffer): Int32Array {
  // Copied: a row's buffer is a view into the driver's buffer, at an offset that may not be a multiple of four.
  const aligned = Uint8Array.from(bytes);
  return new Int32Array(aligned.buffer, 0, aligned.byteLength >> 2);
}
