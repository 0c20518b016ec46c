import type { Queryable } from "./queryable.ts";

/** Of these sources, those that several stored artifacts were scanned from. */
export async function listSharedSources(db: Queryable, sources: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ source: string }>(
    `SELECT source FROM artifact_name WHERE source = ANY($1) GROUP BY source HAVING count(DISTINCT artifact_id) > 1`,
    [sources],
  );
  return new Set(rows.map(({ source }) => source));
}
