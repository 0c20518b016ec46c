import type { Queryable } from "./queryable.ts";

/** A layer and the ordinal of an entry in its tar. */
export interface EntryPlace {
  readonly layerId: number;
  readonly entry: number;
}

interface PathRecord {
  row: number;
  path: string;
}

/** The paths of these entries, in the order asked for; "" for an entry that does not exist. */
export async function listEntryPaths(db: Queryable, places: readonly EntryPlace[]): Promise<string[]> {
  if (places.length === 0) return [];
  const { rows } = await db.query<PathRecord>(
    `SELECT p.row::int AS row, CASE e.dir WHEN '' THEN e.name ELSE e.dir || '/' || e.name END AS path
     FROM unnest($1::int[], $2::int[]) WITH ORDINALITY AS p(layer_id, ordinal, row)
     JOIN layer_entry e ON e.layer_id = p.layer_id AND e.ordinal = p.ordinal`,
    [places.map(({ layerId }) => layerId), places.map(({ entry }) => entry)],
  );
  const paths = new Array<string>(places.length).fill("");
  for (const { row, path } of rows) paths[row - 1] = path;
  return paths;
}
