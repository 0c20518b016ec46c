import type { PoolClient } from "pg";
import { digestBytes } from "#lib/model/digest.ts";
import type { ImageSnapshot } from "#lib/model/snapshot.ts";
import type { CopyEncoder } from "./copy-encoder.ts";
import { copyRows } from "./copy-rows.ts";
import { toStorable } from "./storable-text.ts";
import { toBytes } from "./write-graph.ts";

/** Stores the image-only tables: sums, layers by position, waste, directory sums. */
export async function writeImage(
  client: PoolClient,
  artifactId: number,
  image: ImageSnapshot,
  layerIds: readonly number[],
): Promise<void> {
  await insertImage(client, artifactId, image);
  const { layers, wasted, directories } = image;
  const key = {
    artifact_id: (field: CopyEncoder) => field.int4(artifactId),
    ordinal: (field: CopyEncoder, _: unknown, i: number) => field.int4(i),
  };
  await copyRows(client, "image_layer", layers, {
    artifact_id: key.artifact_id,
    position: key.ordinal,
    layer_id: (field, _, i) => field.int4(layerIds[i]!),
    chain_id: (field, layer) => field.bytes(digestBytes(layer.chainId)),
    blob_digest: (field, layer) => field.bytes(digestBytes(layer.digest)),
    download_size: (field, layer) => field.int8(layer.downloadSize ?? null),
    media_type: (field, layer) => field.text(layer.mediaType),
    created_by: (field, layer) => field.text(layer.createdBy),
  });
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

async function insertImage(client: PoolClient, artifactId: number, image: ImageSnapshot): Promise<void> {
  await client.query(
    `INSERT INTO image (artifact_id, config_digest, layers_content_size, rootfs_size, wasted_size, download_size, created_at,
       command, owners) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
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
    ],
  );
}
