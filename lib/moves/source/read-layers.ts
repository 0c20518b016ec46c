import { type ReadBlob, scanLayers } from "#lib/ingest/image/scan-layers.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { type KnownLayers, toListing } from "#lib/model/layer-listing.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";

/** Layers that were read, by diffID. */
export type ReadScans = Map<string, LayerScan>;

/** The layers of an image, the lowest first. Those in `scans` are not read again, the others are added. Throws InputError, UnreachableError. */
export async function readLayers(image: SourceImage, readBlob: ReadBlob, scans: ReadScans): Promise<LayerScan[]> {
  const known: KnownLayers = {
    load: async (claims) => claims.map(({ diffId }) => scans.get(diffId)).map((scan) => scan && toListing(scan)),
  };
  const { layers } = await scanLayers(image, known, readBlob);
  // Two blobs may unpack to one layer.
  for (const { scan } of await layers) if (scan !== undefined && !scans.has(scan.diffId)) scans.set(scan.diffId, scan);
  return image.layers.map(({ diffId }) => scans.get(diffId)!);
}
