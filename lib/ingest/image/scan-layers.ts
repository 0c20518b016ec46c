import type { LayerScan } from "#lib/model/layer.ts";
import type { KnownLayers, LayerListing } from "#lib/model/layer-listing.ts";
import { toListing } from "#lib/model/layer-listing.ts";
import { InputError } from "#lib/model/problem.ts";
import type { BlobPlace, SourceImage, SourceLayer } from "#lib/sources/images/source-image.ts";

/** A layer of an image, read now (`scan`) or known before. */
export interface ReadLayer {
  readonly scan: LayerScan | undefined;
  readonly listing: LayerListing;
}

/** Reads the blob that stands at a place. Rejects with InputError. */
export type ReadBlob = (place: BlobPlace) => Promise<LayerScan>;

/**
 * The layers of an image, the lowest first: those the database knows are not read again, the others are read side by
 * side, each blob once, and held against what manifest and config say of them. Rejects with the first InputError after
 * all have ended.
 */
export async function scanLayers(image: SourceImage, known: KnownLayers, readBlob: ReadBlob): Promise<ReadLayer[]> {
  const listings = await known.load(image.layers.map(toClaim));
  const scans = new Map<string, Promise<LayerScan>>();
  for (const [i, layer] of image.layers.entries()) {
    if (listings[i] === undefined && !scans.has(layer.label)) scans.set(layer.label, scanChecked(layer, readBlob));
  }
  await Promise.allSettled(scans.values());
  const read: ReadLayer[] = [];
  for (const [i, layer] of image.layers.entries()) {
    const listing = listings[i];
    const scan = listing === undefined ? await scans.get(layer.label) : undefined;
    if (scan !== undefined) checkDiffId(layer, scan);
    read.push({ scan, listing: listing ?? toListing(scan!) });
  }
  return read;
}

/** An archive that does not tell a layer's digest holds it uncompressed, as a rule: then its digest is its diffID. */
function toClaim({ digest, diffId, downloadSize }: SourceLayer) {
  return { digest: digest ?? diffId, diffId, downloadSize };
}

async function scanChecked(layer: SourceLayer, readBlob: ReadBlob): Promise<LayerScan> {
  const scan = await atLayer(layer, () => readBlob(layer.place));
  if (layer.digest !== undefined && scan.digest !== layer.digest) {
    throw new InputError("digest-mismatch", layer.label, `the bytes have digest ${scan.digest}`);
  }
  if (scan.downloadSize !== layer.downloadSize) {
    throw new InputError(
      "size-mismatch",
      layer.label,
      `${scan.downloadSize} bytes, ${layer.downloadSize} were announced`,
    );
  }
  return scan;
}

function checkDiffId(layer: SourceLayer, scan: LayerScan): void {
  if (scan.diffId === layer.diffId) return;
  const message = `uncompressed, the layer has diffID ${scan.diffId}; the image config says ${layer.diffId}`;
  throw new InputError("digest-mismatch", layer.label, message);
}

/** Puts the layer's name before the place inside it. */
async function atLayer<T>(layer: SourceLayer, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const place = error.place === "" ? layer.label : `${layer.label}: ${error.place}`;
    throw new InputError(error.code, place, error.message, { cause: error });
  }
}
