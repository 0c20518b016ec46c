import type { Pool, PoolClient } from "pg";
import { displayPath, EntryKind } from "#lib/model/layer.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { PACKED_ITEM_VERSION } from "../packed-files.ts";
import { copyRows } from "./copy-rows.ts";
import { withWriter } from "./transaction.ts";
import { writeChunks } from "./write-chunks.ts";
import { writeContents } from "./write-contents.ts";

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
    const rows = listRows(part, ids, known);
    const contentIds = await writeContents(client, part.contents);
    await copyEntries(client, { part, rows, contentIds });
    await packItems(
      client,
      [...ids].filter((id) => !known.has(id)),
    );
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

/** The entries to be stored: for each its row, its item's component and its ordinal in the item. */
interface EntryRows {
  readonly row: Int32Array;
  readonly componentId: Float64Array;
  readonly ordinal: Int32Array;
  readonly count: number;
}

function listRows({ start, entries }: StoreFiles, ids: Float64Array, known: ReadonlySet<number>): EntryRows {
  const row = new Int32Array(entries.count);
  const componentId = new Float64Array(entries.count);
  const ordinal = new Int32Array(entries.count);
  let count = 0;
  for (const [i, id] of ids.entries()) {
    if (known.has(id)) continue;
    for (let at = start[i]!; at < start[i + 1]!; at++) {
      row[count] = at;
      componentId[count] = id;
      ordinal[count++] = at - start[i]!;
    }
  }
  return { row, componentId, ordinal, count };
}

interface NewEntries {
  readonly part: StoreFiles;
  readonly rows: EntryRows;
  readonly contentIds: Float64Array;
}

async function copyEntries(client: PoolClient, { part: { entries }, rows, contentIds }: NewEntries): Promise<void> {
  const { kind, executable, byteCount, content, pathStart, targetStart, names } = entries;
  const text = (start = 0, end = 0) => displayPath(names.subarray(start, end));
  const targetOf = (row: number) => text(targetStart[row], pathStart[row + 1]);
  const { componentId, ordinal } = rows;
  await copyRows(client, "store_file", rows.row.subarray(0, rows.count), {
    component_id: (field, _, k) => field.int8(componentId[k]!),
    ordinal: (field, _, k) => field.int4(ordinal[k]!),
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
