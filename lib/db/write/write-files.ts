import type { PoolClient } from "pg";
import type { ImageLayer, VisibleBodies } from "#lib/model/snapshot.ts";
import { PACKED_FILES_VERSION } from "../packed-files.ts";
import { firstRows } from "../queries/columns.ts";
import { toBytes } from "./to-bytes.ts";

/** The packed part of an image: both an ImageSnapshot and the tables have it. */
export interface PackableImage {
  readonly layers: readonly Pick<ImageLayer, "entryCount">[];
  readonly bodies: VisibleBodies;
}

/**
 * Stores an image's visible bodies packed, replacing any stored before. Its layers, whose ids these are, must already be written.
 */
export async function writeFiles(
  client: PoolClient,
  artifactId: number,
  image: PackableImage,
  layerIds: readonly number[],
): Promise<void> {
  const { bodies } = image;
  const first = firstRows(image.layers);
  const entryRow = (layer: number, entry: number) => first[layer]! + entry;
  const contentIds = await loadContentIds(client, image, layerIds);
  await client.query(
    `INSERT INTO packed_files (artifact_id, engine_version, body, owner, byte_count, content_id, place, link_entry, link_body)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (artifact_id) DO UPDATE SET engine_version = $2, body = $3, owner = $4, byte_count = $5, content_id = $6,
       place = $7, link_entry = $8, link_body = $9`,
    [
      artifactId,
      PACKED_FILES_VERSION,
      toBytes(bodies.layer.map((layer, i) => entryRow(layer, bodies.entry[i]!))),
      toBytes(bodies.owner),
      toBytes(bodies.byteCount),
      toBytes(bodies.entry.map((entry, i) => contentIds[bodies.layer[i]!]![entry]!)),
      toBytes(bodies.place),
      toBytes(bodies.links.layer.map((layer, i) => entryRow(layer, bodies.links.entry[i]!))),
      toBytes(bodies.links.body),
    ],
  );
}

/** Content ids fetched by one query: as hex text, the driver needs ten times their size. */
const BATCH_ROWS = 100_000;

/** For each layer, the content id of each entry, -1 if it has none. */
async function loadContentIds(
  client: PoolClient,
  { layers }: PackableImage,
  layerIds: readonly number[],
): Promise<Int32Array[]> {
  const byLayer = new Map<number, Int32Array>();
  for (const [i, layerId] of layerIds.entries()) {
    if (!byLayer.has(layerId)) byLayer.set(layerId, await loadLayerContentIds(client, layerId, layers[i]!.entryCount));
  }
  return layerIds.map((layerId) => byLayer.get(layerId)!);
}

/** As big-endian int8 in one value per batch instead of one row per entry. Ordinals are dense from 0. */
async function loadLayerContentIds(client: PoolClient, layerId: number, count: number): Promise<Int32Array> {
  const ids = new Int32Array(count).fill(-1);
  for (let first = 0; first < count; first += BATCH_ROWS) {
    const { rows } = await client.query<{ ids: Buffer | null }>(
      `SELECT string_agg(int8send(coalesce(content_id, -1)), '' ORDER BY ordinal) AS ids
       FROM layer_entry WHERE layer_id = $1 AND ordinal >= $2 AND ordinal < $3`,
      [layerId, first, first + BATCH_ROWS],
    );
    const batch = rows[0]?.ids ?? Buffer.alloc(0);
    for (let i = 0; 8 * i < batch.length; i++) ids[first + i] = toContentId(batch.readBigInt64BE(8 * i));
  }
  return ids;
}

/** Throws a RangeError above 2^31 − 1: a database of two billion different files needs wider columns. */
function toContentId(id: bigint): number {
  if (id !== BigInt.asIntN(32, id)) throw new RangeError(`content ${id} does not fit the packed column`);
  return Number(id);
}
