import type { Queryable } from "./queryable.ts";

/** The sources an artifact was scanned from, as the user spelled them, the latest first. */
export async function listSources(db: Queryable, artifactId: number): Promise<string[]> {
  const { rows } = await db.query<{ source: string }>(
    "SELECT source FROM artifact_name WHERE artifact_id = $1 GROUP BY source ORDER BY max(seen_at) DESC",
    [artifactId],
  );
  return rows.map(({ source }) => source);
}
