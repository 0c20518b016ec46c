import type { Queryable } from "./queryable.ts";

/** A number that increases whenever files or download sizes of store items become known; 0 before the first. */
export async function getItemStamp(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ stamp: number }>(
    `SELECT greatest((SELECT max(stamp) FROM packed_item), (SELECT max(stamp) FROM closure_cache), 0) AS stamp`,
  );
  return rows[0]!.stamp;
}
