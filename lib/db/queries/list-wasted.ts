import type { WastedFile } from "#lib/model/answer.ts";
import { type Queryable, toSafeInteger, toSafeSum } from "./queryable.ts";

export interface WastedList {
  readonly rows: readonly WastedFile[];
  readonly count: number;
  readonly bytes: number;
}

/** The largest wasted bodies of an image, with the count and bytes of all. */
export async function listWasted(db: Queryable, artifactId: number, limit: number): Promise<WastedList> {
  const { rows } = await db.query<{
    path: string;
    byte_count: string;
    layer: number;
    hidden_by: number;
    count: number;
    bytes: string;
  }>(
    `SELECT path, byte_count, layer, hidden_by, (count(*) OVER ())::int AS count, sum(byte_count) OVER () AS bytes
     FROM wasted_body WHERE artifact_id = $1 ORDER BY byte_count DESC, path, ordinal LIMIT $2`,
    [artifactId, limit],
  );
  return {
    rows: rows.map((row) => ({
      path: row.path,
      bytes: toSafeInteger(row.byte_count),
      layer: row.layer,
      hiddenBy: row.hidden_by,
    })),
    count: rows[0]?.count ?? 0,
    bytes: toSafeSum(rows[0]?.bytes ?? null),
  };
}
