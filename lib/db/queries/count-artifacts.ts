import type { Queryable } from "./queryable.ts";

/** Number of artifacts in the database. */
export async function countArtifacts(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>("SELECT count(*) AS count FROM artifact");
  return rows[0]!.count;
}
