import type { WastedFile } from "#lib/model/closure-answer.ts";
import type { Queryable } from "./queryable.ts";

export interface WastedList {
  readonly rows: readonly WastedFile[];
  readonly count: number;
  readonly bytes: number;
}

/** The largest wasted bodies of an image, with the count and bytes of all. */
export async function listWasted(db: Queryable, artifactId: number, limit: number): Promise<WastedList> {
  const { rows } = await db.query<WastedFile & { total: number; sum: number }>(
    `SELECT path, byte_count AS bytes, layer, hidden_by AS "hiddenBy", count(*) OVER () AS total, sum(byte_count) OVER () AS sum
     FROM wasted_body WHERE artifact_id = $1 ORDER BY byte_count DESC, path, ordinal LIMIT $2`,
    [artifactId, limit],
  );
  const { total: count = 0, sum: bytes = 0 } = rows[0] ?? {};
  return { rows: rows.map(({ total: _, sum: __, ...file }) => file), count, bytes };
}
