import type { PoolClient } from "pg";
import { digestBytes } from "#lib/model/digest.ts";
import type { DescribedLayer, ImageSnapshot } from "#lib/model/snapshot.ts";
import { READER_VERSION } from "../engine-version.ts";
import type { CopyEncoder } from "./copy-encoder.ts";
import { copyRows } from "./copy-rows.ts";
import { toStorable, toStorableJson } from "./storable-text.ts";
import { toBytes } from "./to-bytes.ts";

/** Stores the image-only tables: sums, layers by position, waste, directory sums. Replaces what its manifest alone said. */
export async function writeImage(
  client: PoolClient,
  artifactId: number,
  image: ImageSnapshot,
  layerIds: readonly number[],
): Promise<void> {
  await client.query("DELETE FROM image_layer WHERE artifact_id = $1", [artifactId]);
  await client.query("DELETE FROM image WHERE artifact_id = $1", [artifactId]);
  await insertImage(client, artifactId, image);
  const { wasted, directories } = image;
  const layers = image.layers.map((layer, position) => ({ ...layer, artifactId, position }));
  await writeImageLayers(client, layers, ({ position }) => layerIds[position]!);
  const key = {
    artifact_id: (field: CopyEncoder) => field.int4(artifactId),
    ordinal: (field: CopyEncoder, _: unknown, i: number) => field.int4(i),
  };
  const bodies = { length: wasted.count, at: wasted.at };
  await copyRows(client, "wasted_body", bodies, {
    ...key,
    path: (field, body) => field.text(body.path),
    byte_count: (field, body) => field.int8(body.byteCount),
    layer: (field, body) => field.int4(body.layer),
    hidden_by: (field, body) => field.int4(body.hiddenBy),
  });
  const paths = { length: directories.count, at: directories.path };
  await copyRows(client, "image_directory", paths, {
    ...key,
    dir: (field, path) => field.text(path.slice(0, Math.max(path.lastIndexOf("/"), 0))),
    name: (field, path) => field.text(path.slice(path.lastIndexOf("/") + 1)),
    byte_count: (field, _, i) => field.int8(directories.byteCount[i]!),
    file_count: (field, _, i) => field.int4(directories.fileCount[i]!),
  });
}

/** A layer, and the image and position in which it is. */
export interface PlacedLayer extends DescribedLayer {
  readonly artifactId: number;
  readonly position: number;
}

/** Stores layers at their positions, of any number of images. */
export function writeImageLayers(
  client: PoolClient,
  layers: readonly PlacedLayer[],
  idOf: (layer: PlacedLayer) => number,
): Promise<void> {
  return copyRows(client, "image_layer", layers, {
    artifact_id: (field, layer) => field.int4(layer.artifactId),
    position: (field, layer) => field.int4(layer.position),
    layer_id: (field, layer) => field.int4(idOf(layer)),
    chain_id: (field, layer) => field.bytes(digestBytes(layer.chainId)),
    blob_digest: (field, layer) => field.bytes(digestBytes(layer.digest)),
    download_size: (field, layer) => field.int8(layer.downloadSize ?? null),
    media_type: (field, layer) => field.text(layer.mediaType),
    created_by: (field, layer) => field.text(layer.createdBy),
  });
}

async function insertImage(client: PoolClient, artifactId: number, image: ImageSnapshot): Promise<void> {
  await client.query(
    `INSERT INTO image (artifact_id, config_digest, layers_content_size, rootfs_size, wasted_size, download_size, created_at,
       command, owners, settings, reader_version, loads) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      artifactId,
      digestBytes(image.configDigest),
      image.layersContentSize,
      image.rootfsSize,
      image.wastedSize,
      image.downloadSize ?? null,
      toStorable(image.createdAt),
      image.command.map(toStorable),
      Buffer.concat(image.owners.map(toBytes)),
      toStorableJson(image.settings),
      READER_VERSION,
      toBytes(image.loads),
    ],
  );
}
