import { type Queryable, toSafeSum } from "./queryable.ts";

/** How much of a closure is known file by file. */
export interface ItemFileTotals {
  /** Items whose files are known. */
  readonly items: number;
  /** Their regular files, and the bytes of those, counted once per item. */
  readonly count: number;
  readonly bytes: number;
}

export async function sumItemFiles(db: Queryable, artifactId: number): Promise<ItemFileTotals> {
  const { rows } = await db.query<Record<keyof ItemFileTotals, string | null>>(
    `SELECT count(*) AS items, sum(p.file_count) AS count, sum(p.file_bytes) AS bytes
     FROM node n JOIN packed_item p USING (component_id) WHERE n.artifact_id = $1`,
    [artifactId],
  );
  const [row] = rows;
  return { items: toSafeSum(row?.items ?? 0), count: toSafeSum(row?.count ?? 0), bytes: toSafeSum(row?.bytes ?? 0) };
}
