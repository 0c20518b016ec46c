import { listUncutLayers } from "#lib/db/layers/uncut-layers.ts";
import { writeCutLayers } from "#lib/db/write/write-chunks.ts";
import { type ReadBlob, scanLayers } from "#lib/ingest/image/scan-layers.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { KnownLayers } from "#lib/model/layer-listing.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import type { ScanContext } from "./scan-context.ts";

/** A known layer's bodies are not stored, so it is always read again. */
const NOTHING_KNOWN: KnownLayers = { load: async (claims) => claims.map(() => undefined) };

export interface ImageCut {
  readonly artifactId: number;
  readonly image: SourceImage;
  readonly sizes: ChunkSizes;
  /** From a pool that chunks with the same sizes. */
  readonly readBlob: ReadBlob;
}

/** Chunks the bodies of a stored image that have no chunks yet. Reads only the layers with such a body. Throws InputError. */
export async function cutImage({ pool, signal }: ScanContext, request: ImageCut): Promise<void> {
  const { artifactId, image, sizes, readBlob } = request;
  const uncut = await listUncutLayers(pool, artifactId, sizes);
  const layers = image.layers.filter((layer) => uncut.has(layer.diffId));
  if (layers.length === 0) return;
  const underWay = await scanLayers({ ...image, layers }, NOTHING_KNOWN, readBlob);
  const read = await underWay.layers;
  signal.throwIfAborted();
  await writeCutLayers(
    pool,
    read.flatMap(({ scan }) => scan ?? []),
  );
}
