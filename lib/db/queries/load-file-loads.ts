import type { FileLoads } from "#lib/model/file-loads.ts";
import { int32Column } from "./columns.ts";
import type { Queryable } from "./queryable.ts";

/** What the dynamic linker would load in an image; `undefined` if a version scanned it that did not keep this. */
export async function loadFileLoads(db: Queryable, artifactId: number): Promise<FileLoads | undefined> {
  const { rows } = await db.query<{ loads: Buffer | null }>("SELECT loads FROM image WHERE artifact_id = $1", [
    artifactId,
  ]);
  const loads = rows[0]?.loads ?? null;
  return loads === null ? undefined : int32Column(loads);
}
