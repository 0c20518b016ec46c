import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { Component } from "#lib/model/component.ts";
import { toStorable } from "../write/storable-text.ts";
import type { Queryable } from "./queryable.ts";

/**
 * Positions of the store items whose files are not known, ascending; with `sizes` also of those with a body that is not chunked
 * with these. An item is known by its path and NAR hash, whichever closure it was read for.
 */
export async function listUnreadItems(
  db: Queryable,
  items: readonly Component[],
  sizes: ChunkSizes | undefined,
): Promise<number[]> {
  const { rows } = await db.query<{ row: number }>(
    `SELECT wanted.row FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (identity, nar_hash, row)
     JOIN component c USING (identity, nar_hash)
     WHERE EXISTS (SELECT FROM store_file f WHERE f.component_id = c.id AND f.ordinal = 0)
       AND NOT EXISTS (
         SELECT FROM store_file f WHERE $3::int > 0 AND f.component_id = c.id AND f.content_id IS NOT NULL AND NOT EXISTS (
           SELECT FROM content_chunk k WHERE k.content_id = f.content_id
             AND k.min_bytes = $3::int AND k.average_bytes = $4::int AND k.max_bytes = $5::int))`,
    [
      items.map(({ identity }) => toStorable(identity)),
      items.map(({ narHash = "" }) => toStorable(narHash)),
      sizes?.minBytes ?? 0,
      sizes?.averageBytes ?? 0,
      sizes?.maxBytes ?? 0,
    ],
  );
  const read = new Set(rows.map(({ row }) => row - 1));
  return [...items.keys()].filter((item) => !read.has(item));
}
