import type { Queryable } from "./queryable.ts";

/** A layer and the ordinal of an entry in its tar. */
export interface EntryPlace {
  readonly layerId: number;
  readonly entry: number;
}

/** The paths of these entries, in the order asked for; "" for an entry that does not exist. */
export async function listEntryPaths(db: Queryable, places: readonly EntryPlace[]): Promise<string[]> {
  if (places.length === 0) return [];
  const { rows } = await db.query<{ path: string }>(
    `SELECT coalesce(CASE e.dir WHEN '' THEN e.name ELSE e.dir || '/' || e.name END, '') AS path
     FROM unnest($1::int[], $2::int[]) WITH ORDINALITY AS p(layer_id, ordinal, row)
     LEFT JOIN layer_entry e ON e.layer_id = p.layer_id AND e.ordinal = p.ordinal ORDER BY p.row`,
    [places.map(({ layerId }) => layerId), places.map(({ entry }) => entry)],
  );
  return rows.map(({ path }) => path);
}
