import type { Queryable } from "./queryable.ts";

/** A text that changes whenever an artifact is scanned, scanned again, named or removed. */
export async function getListStamp(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ stamp: string }>(
    "SELECT count(*) || ' ' || coalesce(max(id), 0) || ' ' || coalesce(extract(epoch FROM max(seen_at)), 0) AS stamp FROM artifact_name",
  );
  return rows[0]!.stamp;
}
