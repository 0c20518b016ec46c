import type { PoolClient } from "pg";
import { digestBytes } from "#lib/model/digest.ts";
import type { ImageSnapshot } from "#lib/model/snapshot.ts";
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
  await copyLayers(client, artifactId, image, layerIds);
  await copyWasted(client, artifactId, image);
  await copyDirectories(client, artifactId, image);
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

const LAYER_COLUMNS = "artifact_id position layer_id chain_id blob_digest download_size media_type created_by".split(
  " ",
);

async function copyLayers(
  client: PoolClient,
  artifactId: number,
  { layers }: ImageSnapshot,
  layerIds: readonly number[],
): Promise<void> {
  await copyRows(client, {
    table: "image_layer",
    columns: LAYER_COLUMNS,
    rowCount: layers.length,
    writeRow: (row, i) => {
      const layer = layers[i]!;
      row.int4(artifactId);
      row.int4(i);
      row.int4(layerIds[i]!);
      row.bytes(digestBytes(layer.chainId));
      row.bytes(digestBytes(layer.digest));
      if (layer.downloadSize === undefined) row.null();
      else row.int8(layer.downloadSize);
      row.text(layer.mediaType);
      row.text(layer.createdBy);
    },
  });
}

async function copyWasted(client: PoolClient, artifactId: number, { wasted }: ImageSnapshot): Promise<void> {
  await copyRows(client, {
    table: "wasted_body",
    columns: ["artifact_id", "ordinal", "path", "byte_count", "layer", "hidden_by"],
    rowCount: wasted.count,
    writeRow: (row, i) => {
      const { path, byteCount, layer, hiddenBy } = wasted.at(i);
      row.int4(artifactId);
      row.int4(i);
      row.text(path);
      row.int8(byteCount);
      row.int4(layer);
      row.int4(hiddenBy);
    },
  });
}

async function copyDirectories(client: PoolClient, artifactId: number, { directories }: ImageSnapshot): Promise<void> {
  await copyRows(client, {
    table: "image_directory",
    columns: ["artifact_id", "ordinal", "dir", "name", "byte_count", "file_count"],
    rowCount: directories.count,
    writeRow: (row, i) => {
      const path = directories.path(i);
      const cut = path.lastIndexOf("/");
      row.int4(artifactId);
      row.int4(i);
      row.text(path.slice(0, Math.max(cut, 0)));
      row.text(path.slice(cut + 1));
      row.int8(directories.byteCount[i]!);
      row.int4(directories.fileCount[i]!);
    },
  });
}
