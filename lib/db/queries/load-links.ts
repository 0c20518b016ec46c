import { PACKED_FILES_VERSION } from "../packed-files.ts";
import { int32Column } from "./columns.ts";
import type { Queryable } from "./queryable.ts";

/** The visible hard links of an image: entries numbered through all layers, bottom first, and the position of each one's body. */
export interface HardLinks {
  readonly entry: Int32Array;
  readonly body: Int32Array;
}

export async function loadLinks(db: Queryable, artifactId: number): Promise<HardLinks> {
  const { rows } = await db.query<{ entry: Buffer; body: Buffer }>(
    `SELECT link_entry AS entry, link_body AS body FROM packed_files WHERE artifact_id = $1 AND engine_version = $2`,
    [artifactId, PACKED_FILES_VERSION],
  );
  const [row] = rows;
  if (row === undefined) return { entry: new Int32Array(0), body: new Int32Array(0) };
  return { entry: int32Column(row.entry), body: int32Column(row.body) };
}
