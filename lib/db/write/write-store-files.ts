import type { Pool, PoolClient } from "pg";
import { displayPath, EntryKind } from "#lib/model/layer.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { PACKED_ITEM_VERSION } from "../packed-files.ts";
import { copyRows } from "./copy-rows.ts";
import { withWriter } from "./transaction.ts";
import { writeChunks } from "./write-chunks.ts";
import { writeContents } from "./write-contents.ts";

/** In place of the item of an entry that is stored already. */
const KNOWN = -1;

/**
 * Stores the files of store items (`componentIds` by node index) that are not known yet, and the missing chunk lists of their
 * bodies. An item's files are a fact about the item: the first scan to see them stores them.
 */
export async function writeStoreFiles(
  client: PoolClient,
  componentIds: Float64Array,
  parts: readonly StoreFiles[],
): Promise<void> {
  for (const part of parts) {
    const ids = Float64Array.from(part.items, (item) => componentIds[item]!);
    const known = await findReadItems(client, ids);
    const contentIds = await writeContents(client, part.contents);
    await copyEntries(client, part, { ...listNew(part, ids, known), componentIds: ids, contentIds });
    const fresh = [...ids].filter((id) => !known.has(id));
    await packItems(client, fresh);
    await writeChunks(client, part);
  }
}

/** Packs the files of all items again from the table. */
export function repackItems(pool: Pool): Promise<void> {
  return withWriter(pool, async (client) => {
    const { rows } = await client.query<{ component_id: number }>(
      "SELECT component_id FROM store_file WHERE ordinal = 0",
    );
    await client.query("DELETE FROM packed_item");
    await packItems(
      client,
      rows.map((row) => row.component_id),
    );
  });
}

async function findReadItems(client: PoolClient, ids: Float64Array): Promise<Set<number>> {
  const { rows } = await client.query<{ component_id: number }>(
    "SELECT component_id FROM store_file WHERE component_id = ANY($1::bigint[]) AND ordinal = 0",
    [[...ids]],
  );
  return new Set(rows.map((row) => row.component_id));
}

/** The entries to be stored, and the item of each, as rows of the part. */
interface NewEntries {
  readonly rows: Int32Array;
  readonly itemOf: Int32Array;
}

function listNew({ start, entries }: StoreFiles, ids: Float64Array, known: ReadonlySet<number>): NewEntries {
  const itemOf = new Int32Array(entries.count).fill(KNOWN);
  for (const [item, id] of ids.entries()) if (!known.has(id)) itemOf.fill(item, start[item], start[item + 1]);
  return { rows: Int32Array.from(itemOf.keys()).filter((row) => itemOf[row] !== KNOWN), itemOf };
}

/** The ids of the part's items and bodies. */
interface PartIds {
  readonly componentIds: Float64Array;
  readonly contentIds: Float64Array;
}

async function copyEntries(
  client: PoolClient,
  { start, entries }: StoreFiles,
  { rows, itemOf, componentIds, contentIds }: NewEntries & PartIds,
): Promise<void> {
  const { kind, executable, byteCount, content, pathStart, targetStart, names } = entries;
  const text = (from = 0, to = 0) => displayPath(names.subarray(from, to));
  const targetOf = (row: number) => text(targetStart[row], pathStart[row + 1]);
  await copyRows(client, "store_file", rows, {
    component_id: (field, row) => field.int8(componentIds[itemOf[row]!]!),
    ordinal: (field, row) => field.int4(row - start[itemOf[row]!]!),
    path: (field, row) => field.text(text(pathStart[row], targetStart[row])),
    kind: (field, row) => field.int2(kind[row]!),
    executable: (field, row) => field.boolean(executable[row] === 1),
    byte_count: (field, row) => field.int8(byteCount[row]!),
    target: (field, row) => field.text(kind[row] === EntryKind.symlink ? targetOf(row) : null),
    content_id: (field, row) => field.int8(contentIds[content[row]!] ?? null),
  });
}

/** Throws above 2^31 − 1: a database of two billion different files needs wider columns. */
async function packItems(client: PoolClient, componentIds: readonly number[]): Promise<void> {
  await client.query(
    `INSERT INTO packed_item (component_id, engine_version, file_count, file_bytes, content_id, byte_count)
     SELECT component_id, $2, count(content_id), coalesce(sum(byte_count) FILTER (WHERE content_id IS NOT NULL), 0),
       coalesce(string_agg(int4send(content_id::int), '' ORDER BY ordinal) FILTER (WHERE content_id IS NOT NULL), ''),
       coalesce(string_agg(int8send(byte_count), '' ORDER BY ordinal) FILTER (WHERE content_id IS NOT NULL), '')
     FROM store_file WHERE component_id = ANY($1::bigint[]) GROUP BY component_id`,
    [componentIds, PACKED_ITEM_VERSION],
  );
}
