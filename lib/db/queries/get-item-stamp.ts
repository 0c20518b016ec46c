import { type Queryable, toSafeSum } from "./queryable.ts";

/** A number that increases whenever the files of a store item become known; 0 before the first. */
export async function getItemStamp(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ stamp: string | null }>("SELECT max(stamp) AS stamp FROM packed_item");
  return toSafeSum(rows[0]?.stamp ?? 0);
}
