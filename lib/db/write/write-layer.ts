import type { PoolClient } from "pg";
import { type DiffId, digestBytes } from "#lib/model/digest.ts";
import { EntryKind, entryDirectory, entryLink, entryName, type LayerScan } from "#lib/model/layer.ts";
import { READER_VERSION } from "../engine-version.ts";
import { copyRows, rowNumbers } from "./copy-rows.ts";
import { toStorableJson } from "./storable-text.ts";
import { writeChunks } from "./write-chunks.ts";
import { writeContents } from "./write-contents.ts";

/**
 * Stores a layer with all its entries, unless one of its DiffID is already stored and was read. Of one that an earlier version read,
 * the entries are the same; its documents and problems are replaced. The blob is recorded either way.
 */
export async function writeLayer(client: PoolClient, scan: LayerScan): Promise<void> {
  const known = await findLayer(client, scan.diffId);
  const layerId = known?.isCurrent ? known.id : await upsertLayer(client, scan);
  if (!known?.isRead) await writeEntries(client, layerId, scan);
  if (!known?.isCurrent) await writeDocuments(client, layerId, scan);
  await writeChunks(client, scan);
  await client.query(
    `INSERT INTO blob (digest, layer_id, download_size, compression) VALUES ($1, $2, $3, $4)
     ON CONFLICT (digest) DO NOTHING`,
    [digestBytes(scan.digest), layerId, scan.downloadSize, scan.compression],
  );
}

interface StoredLayer {
  readonly id: number;
  readonly isRead: boolean;
  readonly isCurrent: boolean;
}

async function findLayer(client: PoolClient, diffId: DiffId): Promise<StoredLayer | undefined> {
  const { rows } = await client.query<StoredLayer>(
    `SELECT id, entry_count IS NOT NULL AS "isRead", entry_count IS NOT NULL AND reader_version >= $2 AS "isCurrent"
     FROM layer WHERE diff_id = $1`,
    [digestBytes(diffId), READER_VERSION],
  );
  return rows[0];
}

/** The layer's row, or the figures in the row of one that is unread or of an earlier reader. */
async function upsertLayer(client: PoolClient, scan: LayerScan): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO layer (diff_id, tar_size, content_size, entry_count, problems, reader_version)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (diff_id) DO UPDATE SET tar_size = excluded.tar_size, content_size = excluded.content_size,
       entry_count = excluded.entry_count, problems = excluded.problems, reader_version = excluded.reader_version
     RETURNING id`,
    [
      digestBytes(scan.diffId),
      scan.tarSize,
      scan.contentSize,
      scan.entries.count,
      toStorableJson(scan.problems),
      READER_VERSION,
    ],
  );
  return rows[0]!.id;
}

async function writeEntries(client: PoolClient, layerId: number, { entries, contents }: LayerScan): Promise<void> {
  const contentIds = await writeContents(client, contents);
  const isLink = (i: number) => entries.kind[i] === EntryKind.symlink || entries.kind[i] === EntryKind.hardLink;
  await copyRows(client, "layer_entry", rowNumbers(entries.count), {
    layer_id: (field) => field.int4(layerId),
    ordinal: (field, i) => field.int4(i),
    dir: (field, i) => field.text(entryDirectory(entries, i)),
    name: (field, i) => field.text(entryName(entries, i)),
    kind: (field, i) => field.int2(entries.kind[i]!),
    mode: (field, i) => field.int2(entries.mode[i]!),
    uid: (field, i) => field.int8(entries.uid[i]!),
    gid: (field, i) => field.int8(entries.gid[i]!),
    byte_count: (field, i) => field.int8(entries.contentSize[i]!),
    mtime: (field, i) => field.int8(entries.mtime[i]!),
    target: (field, i) => field.text(isLink(i) ? entryLink(entries, i) : null),
    content_id: (field, i) => field.int8(contentIds[entries.content[i]!] ?? null),
  });
}

async function writeDocuments(client: PoolClient, layerId: number, { documents }: LayerScan): Promise<void> {
  await client.query("DELETE FROM layer_document WHERE layer_id = $1", [layerId]);
  await copyRows(client, "layer_document", documents, {
    layer_id: (field) => field.int4(layerId),
    ordinal: (field, { entry }) => field.int4(entry),
    body: (field, { body }) => field.bytes(body),
  });
}
