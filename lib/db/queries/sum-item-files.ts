import type { Queryable } from "./queryable.ts";

/** How much of a closure is known file by file. */
export interface ItemFileTotals {
  /** Items whose files are known. */
  readonly items: number;
  /** Their regular files, and the bytes of those, counted once per item. */
  readonly count: number;
  readonly bytes: number;
}

export async function sumItemFiles(db: Queryable, artifactId: number): Promise<ItemFileTotals> {
  const { rows } = await db.query<ItemFileTotals>(
    `SELECT count(*) AS items, coalesce(sum(p.file_count), 0) AS count, coalesce(sum(p.file_bytes), 0) AS bytes
     FROM node n JOIN packed_item p USING (component_id) WHERE n.artifact_id = $1`,
    [artifactId],
  );
  return rows[0]!;
}
