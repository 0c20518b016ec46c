import type { Pool, PoolClient } from "pg";
import { type Digest, digestBytes, digestOf } from "#lib/model/digest.ts";
import type { DescribedImage } from "#lib/model/snapshot.ts";
import { ENGINE_VERSION } from "../engine-version.ts";
import { insertUnreadLayers } from "./layer-ids.ts";
import { noteNames } from "./note-name.ts";
import { toStorable, toStorableJson } from "./storable-text.ts";
import { withWriter } from "./transaction.ts";
import { copyBaseClaims } from "./write-attached.ts";
import { writeImageLayers } from "./write-image.ts";
import type { WrittenSnapshot } from "./write-snapshot.ts";

/**
 * Stores images by their manifests, in one transaction and a few statements for all. Of a known one, whole or not, only the name is
 * recorded.
 */
export function writeDescribed(
  pool: Pool,
  images: readonly DescribedImage[],
  signal: AbortSignal,
): Promise<WrittenSnapshot[]> {
  return withWriter(pool, async (client) => {
    const known = await listKnown(client, images);
    const fresh = [...new Map(images.map((image) => [image.digest, image])).values()].filter(
      ({ digest }) => !known.has(digest),
    );
    const ids = new Map([...known, ...(await insertImages(client, fresh))]);
    const names = images.map(({ name, source, digest }) => ({ artifactId: ids.get(digest)!, name, source }));
    const namings = await noteNames(client, names);
    signal.throwIfAborted();
    const seen = new Set(known.keys());
    return images.map(({ digest }, i) => {
      const isKnown = seen.has(digest);
      seen.add(digest);
      return { artifactId: names[i]!.artifactId, naming: namings[i]!, known: isKnown };
    });
  });
}

async function listKnown(client: PoolClient, images: readonly DescribedImage[]): Promise<Map<Digest, number>> {
  const { rows } = await client.query<{ id: number; digest: Buffer }>(
    "SELECT id, digest FROM artifact WHERE digest = ANY($1)",
    [images.map(({ digest }) => digestBytes(digest))],
  );
  return new Map(rows.map(({ id, digest }) => [digestOf(digest), id]));
}

/** Digest → id of the images, which are not stored yet. */
async function insertImages(client: PoolClient, images: readonly DescribedImage[]): Promise<Map<Digest, number>> {
  if (images.length === 0) return new Map();
  const layerIds = await insertUnreadLayers(
    client,
    images.flatMap(({ layers }) => layers.map(({ diffId }) => diffId)),
  );
  const { rows } = await client.query<{ id: number; digest: Buffer }>(
    `INSERT INTO artifact (kind, digest, platform, node_count, edge_count, engine_version)
     SELECT 'image', digest, platform, 0, 0, $3 FROM unnest($1::bytea[], $2::text[]) AS given(digest, platform)
     RETURNING id, digest`,
    [
      images.map(({ digest }) => digestBytes(digest)),
      images.map(({ platform }) => toStorable(platform)),
      ENGINE_VERSION,
    ],
  );
  const ids = new Map(rows.map(({ id, digest }): [Digest, number] => [digestOf(digest), id]));
  const placed = images.map((image) => ({ ...image, artifactId: ids.get(image.digest)! }));
  await insertOwnRows(client, placed);
  const claims = placed.flatMap(({ artifactId, ownClaims = [] }) =>
    ownClaims.map((claim, ordinal) => ({ ...claim, artifactId, ordinal })),
  );
  await copyBaseClaims(client, claims);
  await writeImageLayers(
    client,
    placed.flatMap(({ artifactId, layers }) => layers.map((layer, position) => ({ ...layer, artifactId, position }))),
    ({ diffId }) => layerIds.get(diffId)!,
  );
  return ids;
}

type PlacedImage = DescribedImage & { readonly artifactId: number };

/** The rows of the table `image`: commands are lists of different lengths, which arrays of columns cannot hold. */
async function insertOwnRows(client: PoolClient, images: readonly PlacedImage[]): Promise<void> {
  const rows = images.map(({ artifactId, downloadSize, createdAt, command, settings }) => {
    return { id: artifactId, size: downloadSize, made: createdAt, command, settings };
  });
  await client.query(
    `INSERT INTO image (artifact_id, config_digest, download_size, created_at, command, owners, settings)
     SELECT row.id, given.config, row.size, row.made, row.command, '', row.settings
     FROM jsonb_to_recordset($1) AS row(id int, size bigint, made text, command text[], settings jsonb)
     JOIN unnest($2::int[], $3::bytea[]) AS given(id, config) ON given.id = row.id`,
    [
      toStorableJson(rows),
      images.map(({ artifactId }) => artifactId),
      images.map(({ configDigest }) => digestBytes(configDigest)),
    ],
  );
}
