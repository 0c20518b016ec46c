import type { Queryable } from "./queryable.ts";

/** A number that increases whenever the files of a store item become known; 0 before the first. */
export async function getItemStamp(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ stamp: number }>("SELECT coalesce(max(stamp), 0) AS stamp FROM packed_item");
  return rows[0]!.stamp;
}
