import type { EntryKind } from "#lib/model/layer.ts";
import type { Queryable } from "./queryable.ts";

/** Rows of one query: some 10 MB in memory. */
const BATCH = 50_000;

export interface LayerEntryRow {
  /** "" for the root; as `displayPath` writes it. A whiteout has the path of the file it hides. */
  readonly path: string;
  readonly kind: EntryKind;
  readonly byteCount: number;
}

/** The entries of one layer in the order of its tar, a batch at a time. */
export async function* listLayerEntries(db: Queryable, layerId: number): AsyncGenerator<LayerEntryRow[]> {
  for (let first = 0; ; first += BATCH) {
    const { rows } = await db.query<LayerEntryRow>(
      `SELECT CASE dir WHEN '' THEN name ELSE dir || '/' || name END AS path, kind, byte_count AS "byteCount"
       FROM layer_entry WHERE layer_id = $1 AND ordinal >= $2 AND ordinal < $3 ORDER BY ordinal`,
      [layerId, first, first + BATCH],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
  }
}
