import type { BodyEntry } from "#lib/model/body-entry.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { readInt8 } from "./columns.ts";
import type { Queryable } from "./queryable.ts";

/** Entries read at a time: a batch of paths is a few megabytes. */
const BATCH_ENTRIES = 32_768;
/** Bytes of one entry in `fields`: ordinal (int4), byte_count (int8), content_id (int4), big-endian. */
const FIELDS = { ordinal: 0, byteCount: 4, contentId: 12, length: 16 } as const;

/**
 * The files and hard links of one layer, batch by batch, so that a layer of a million takes little memory. The order in a batch is not
 * defined.
 */
export async function* listBodyPaths(
  db: Queryable,
  { layerId, entryCount }: { readonly layerId: number; readonly entryCount: number },
): AsyncGenerator<Iterable<BodyEntry>> {
  for (let from = 0; from < entryCount; from += BATCH_ENTRIES) {
    const { rows } = await db.query<Record<"paths" | "fields", Buffer>>(
      // Both aggregates see the rows in the same order, whichever it is.
      `SELECT coalesce(string_agg(convert_to(CASE dir WHEN '' THEN name ELSE dir || '/' || name END, 'UTF8') || '\\x00', ''), '') AS paths,
         coalesce(string_agg(int4send(ordinal) || int8send(byte_count) || int4send(coalesce(content_id, -1)::int), ''), '') AS fields
       FROM layer_entry WHERE layer_id = $1 AND ordinal >= $2 AND ordinal < $3 AND (content_id IS NOT NULL OR kind = $4)`,
      [layerId, from, from + BATCH_ENTRIES, EntryKind.hardLink],
    );
    yield toEntries(rows[0]!);
  }
}

function* toEntries({ paths, fields }: Record<"paths" | "fields", Buffer>): Generator<BodyEntry> {
  let start = 0;
  for (let at = 0; at < fields.length; at += FIELDS.length) {
    const end = paths.indexOf(0, start);
    yield {
      entry: fields.readInt32BE(at),
      path: paths.toString("latin1", start, end),
      byteCount: readInt8(fields, at + FIELDS.byteCount),
      contentId: fields.readInt32BE(at + FIELDS.contentId),
    };
    start = end + 1;
  }
}
