import type { Pool, PoolClient } from "pg";
import type { DescribedImage } from "#lib/model/snapshot.ts";
import { insertArtifact } from "./insert-artifact.ts";
import { noteKnownArtifact } from "./known-artifact.ts";
import { insertUnreadLayers } from "./layer-ids.ts";
import { noteName } from "./note-name.ts";
import { withWriter } from "./transaction.ts";
import { insertImage, type PlacedLayer, writeImageLayers } from "./write-image.ts";
import type { WrittenSnapshot } from "./write-snapshot.ts";

/** Stores images by their manifests, in one transaction. Of a known one, whole or not, only the name is recorded. */
export function writeDescribed(
  pool: Pool,
  images: readonly DescribedImage[],
  signal: AbortSignal,
): Promise<WrittenSnapshot[]> {
  return withWriter(pool, async (client) => {
    const written: WrittenSnapshot[] = [];
    const placed: PlacedLayer[] = [];
    const layerIds = await insertUnreadLayers(
      client,
      images.flatMap(({ layers }) => layers.map(({ diffId }) => diffId)),
    );
    for (const image of images) {
      const known = await noteKnownArtifact(client, image, "manifest");
      if (known !== undefined) written.push({ ...known, known: true });
      else {
        const artifactId = await insertDescribed(client, image);
        placed.push(...image.layers.map((layer, position) => ({ ...layer, artifactId, position })));
        written.push({ artifactId, naming: await noteName(client, artifactId, image), known: false });
      }
    }
    await writeImageLayers(client, placed, ({ diffId }) => layerIds.get(diffId)!);
    signal.throwIfAborted();
    return written;
  });
}

async function insertDescribed(client: PoolClient, image: DescribedImage): Promise<number> {
  const { digest, platform } = image;
  const row = { kind: "image", digest, platform, nodeCount: 0, edgeCount: 0, problems: [] } as const;
  const artifactId = await insertArtifact(client, row);
  await insertImage(client, artifactId, image);
  return artifactId;
}
