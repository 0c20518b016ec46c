import type { PoolClient } from "pg";
import type { Component } from "#lib/model/component.ts";
import type { ImageLayer, VisibleBodies } from "#lib/model/snapshot.ts";
import { PACKED_FILES_VERSION } from "../packed-files.ts";
import { placeOf } from "./place.ts";
import { toBytes } from "./write-graph.ts";

/** What is packed of an image: an ImageSnapshot has it, and the tables do. */
export interface PackableImage {
  readonly layers: readonly Pick<ImageLayer, "entryCount">[];
  readonly bodies: VisibleBodies;
  readonly graph: { readonly components: readonly Pick<Component, "kind" | "identity">[] };
}

/**
 * Stores an image's visible bodies packed, in place of what was stored before. Its layers, whose ids these are, must be
 * written.
 */
export async function writeFiles(
  client: PoolClient,
  artifactId: number,
  image: PackableImage,
  layerIds: readonly number[],
): Promise<void> {
  const { bodies } = image;
  const firstRows = findFirstRows(image);
  const entryRow = (layer: number, entry: number) => firstRows[layer]! + entry;
  const contentIds = await loadContentIds(client, layerIds);
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
      toBytes(bodies.entry.map((_, i) => contentIdOf(contentIds[bodies.layer[i]!]!, bodies.entry[i]!))),
      toBytes(bodies.byteCount.map((_, i) => toPlace(image, bodies, i))),
      toBytes(bodies.links.layer.map((layer, i) => entryRow(layer, bodies.links.entry[i]!))),
      toBytes(bodies.links.body),
    ],
  );
}

/** For each layer the place of its first entry among all entries of the image. */
function findFirstRows({ layers }: PackableImage): number[] {
  const firstRows: number[] = [];
  let row = 0;
  for (const layer of layers) {
    firstRows.push(row);
    row += layer.entryCount;
  }
  return firstRows;
}

/** For each layer the content id of each entry, as big-endian int8: one value a layer rather than a row an entry. */
async function loadContentIds(client: PoolClient, layerIds: readonly number[]): Promise<Buffer[]> {
  const { rows } = await client.query<{ layer_id: number; ids: Buffer }>(
    `SELECT layer_id, string_agg(int8send(coalesce(content_id, -1)), '' ORDER BY ordinal) AS ids
     FROM layer_entry WHERE layer_id = ANY($1) GROUP BY layer_id`,
    [[...new Set(layerIds)]],
  );
  const byLayer = new Map(rows.map((row) => [row.layer_id, row.ids]));
  return layerIds.map((layerId) => byLayer.get(layerId) ?? Buffer.alloc(0));
}

/** Throws a RangeError above 2^31 − 1: a database of two thousand million different files needs wider columns. */
function contentIdOf(ids: Buffer, entry: number): number {
  const id = ids.readBigInt64BE(8 * entry);
  if (id !== BigInt.asIntN(32, id)) throw new RangeError(`content ${id} does not fit the packed column`);
  return Number(id);
}

function toPlace({ graph }: PackableImage, bodies: VisibleBodies, i: number): number {
  const component = graph.components[bodies.owner[i]!];
  if (component === undefined || component.kind === "unowned") return -1;
  return placeOf(component.identity, bodies.path[i]!);
}
