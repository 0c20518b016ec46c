import type { PoolClient } from "pg";
import { digestBytes } from "#lib/model/digest.ts";
import { EntryKind, entryDirectory, entryLink, entryName, type LayerScan } from "#lib/model/layer.ts";
import { copyRows } from "./copy-rows.ts";
import { toStorableJson } from "./storable-text.ts";
import { writeChunks } from "./write-chunks.ts";
import { writeContents } from "./write-contents.ts";

/** Stores a layer with all its entries, unless its DiffID is already stored. The blob is recorded either way. */
export async function writeLayer(client: PoolClient, scan: LayerScan): Promise<void> {
  const known = await client.query<{ id: number }>("SELECT id FROM layer WHERE diff_id = $1", [
    digestBytes(scan.diffId),
  ]);
  const layerId = known.rows[0]?.id ?? (await insertLayer(client, scan));
  if (known.rows.length === 0) {
    await writeEntries(client, layerId, scan);
    await writeDocuments(client, layerId, scan);
  }
  await writeChunks(client, scan);
  await client.query(
    `INSERT INTO blob (digest, layer_id, download_size, compression) VALUES ($1, $2, $3, $4)
     ON CONFLICT (digest) DO NOTHING`,
    [digestBytes(scan.digest), layerId, scan.downloadSize, scan.compression],
  );
}

async function insertLayer(client: PoolClient, scan: LayerScan): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO layer (diff_id, tar_size, content_size, entry_count, problems) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [digestBytes(scan.diffId), scan.tarSize, scan.contentSize, scan.entries.count, toStorableJson(scan.problems)],
  );
  return rows[0]!.id;
}

const ENTRY_COLUMNS = "layer_id ordinal dir name kind mode uid gid byte_count mtime target content_id".split(" ");

async function writeEntries(client: PoolClient, layerId: number, { entries, contents }: LayerScan): Promise<void> {
  const contentIds = await writeContents(client, contents);
  await copyRows(client, {
    table: "layer_entry",
    columns: ENTRY_COLUMNS,
    rowCount: entries.count,
    writeRow: (row, i) => {
      const kind = entries.kind[i]!;
      const content = entries.content[i]!;
      row.int4(layerId);
      row.int4(i);
      row.text(entryDirectory(entries, i));
      row.text(entryName(entries, i));
      row.int2(kind);
      row.int2(entries.mode[i]!);
      row.int8(entries.uid[i]!);
      row.int8(entries.gid[i]!);
      row.int8(entries.contentSize[i]!);
      row.int8(entries.mtime[i]!);
      if (kind === EntryKind.symlink || kind === EntryKind.hardLink) row.text(entryLink(entries, i));
      else row.null();
      if (content >= 0) row.int8(contentIds[content]!);
      else row.null();
    },
  });
}

async function writeDocuments(client: PoolClient, layerId: number, { documents }: LayerScan): Promise<void> {
  await copyRows(client, {
    table: "layer_document",
    columns: ["layer_id", "ordinal", "body"],
    rowCount: documents.length,
    writeRow: (row, i) => {
      row.int4(layerId);
      row.int4(documents[i]!.entry);
      row.bytes(documents[i]!.body);
    },
  });
}
