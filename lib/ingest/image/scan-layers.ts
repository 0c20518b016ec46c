import type { LayerScan } from "#lib/model/layer.ts";
import type { KnownLayers, LayerListing } from "#lib/model/layer-listing.ts";
import { toListing } from "#lib/model/layer-listing.ts";
import { InputError } from "#lib/model/problem.ts";
import type { BlobPlace, SourceImage, SourceLayer } from "#lib/sources/images/source-image.ts";
import { MAX_DOCUMENT_BYTES_PER_SCAN, MAX_ENTRIES_PER_SCAN } from "../layers/limits.ts";
import { explainMissing, refuseUnread } from "./refuse-unread.ts";

/** A layer of an image, read now (`scan`) or known before. */
export interface ReadLayer {
  readonly scan: LayerScan | undefined;
  readonly listing: LayerListing;
}

/** Reads the blob at a place. Rejects with InputError. */
export type ReadBlob = (place: BlobPlace) => Promise<LayerScan>;

/**
 * Unread compressed bytes below which finished layers may be written: a writer blocks the others, and reading this many bytes
 * takes seconds.
 */
export const MAX_UNREAD_BYTES = 512 * 1024 ** 2;

/** Limits of one image's layers, read now or known before. */
export const LISTING_LIMITS = { entries: MAX_ENTRIES_PER_SCAN, documentBytes: MAX_DOCUMENT_BYTES_PER_SCAN };

/** The layers of an image while they are being read. */
export interface LayerScans {
  /** Settles once at most `MAX_UNREAD_BYTES` remain to be read. Never rejects. */
  readonly nearlyRead: Promise<void>;
  /** Each layer that is read now, once, as it ends. Stops early if one fails; `layers` rejects with the reason. */
  readonly scans: AsyncIterable<LayerScan>;
  /** All of them, the lowest first. Rejects with the first InputError after all have ended. */
  readonly layers: Promise<ReadLayer[]>;
}

type FreshLayer = ReadLayer & { readonly scan: LayerScan };

/** A blob being read, by its label. */
type FreshLayers = ReadonlyMap<string, { readonly storedSize: number; readonly fresh: Promise<FreshLayer> }>;

/**
 * Starts reading the layers of an image. Layers that the database knows are not read again; the others are read in parallel, each
 * blob once, and checked against manifest and config.
 */
export async function scanLayers(image: SourceImage, known: KnownLayers, readBlob: ReadBlob): Promise<LayerScans> {
  const listings = await known.load(image.layers.map(toClaim), LISTING_LIMITS);
  const unread = image.layers.filter((_, i) => listings[i] === undefined);
  refuseUnread(image.layers, unread);
  const reading = startReading(unread, readBlob);
  const layers = gatherLayers(image, listings, reading);
  // For a caller that fails before asking for them.
  layers.catch(() => undefined);
  return { nearlyRead: untilNearlyRead(reading), scans: inOrderOfEnd(reading), layers };
}

/** The largest first: started last, it would be read alone, with the other cores idle. */
function startReading(unread: readonly SourceLayer[], readBlob: ReadBlob): FreshLayers {
  const reading = new Map<string, { storedSize: number; fresh: Promise<FreshLayer> }>();
  for (const layer of [...unread].sort((a, b) => b.storedSize - a.storedSize)) {
    const { label, storedSize } = layer;
    if (!reading.has(label)) reading.set(label, { storedSize, fresh: readFresh(layer, readBlob) });
  }
  return reading;
}

/** Its listing is built at once: while other layers are read, this thread is idle. */
async function readFresh(layer: SourceLayer, readBlob: ReadBlob): Promise<FreshLayer> {
  const scan = await scanChecked(layer, readBlob);
  return { scan, listing: toListing(scan) };
}

async function gatherLayers(
  image: SourceImage,
  listings: readonly (LayerListing | undefined)[],
  reading: FreshLayers,
): Promise<ReadLayer[]> {
  await Promise.allSettled([...reading.values()].map(({ fresh }) => fresh));
  const read: ReadLayer[] = [];
  for (const [i, layer] of image.layers.entries()) {
    const listing = listings[i];
    const made = listing === undefined ? await reading.get(layer.label)!.fresh : { scan: undefined, listing };
    if (made.scan !== undefined) checkDiffId(layer, made.scan);
    read.push(made);
  }
  checkEntries(read);
  return read;
}

/** Layers read now share a budget already; together with known ones they may exceed it. */
function checkEntries(read: readonly ReadLayer[]): void {
  const count = read.reduce((total, { listing }) => total + listing.kind.length, 0);
  if (count <= MAX_ENTRIES_PER_SCAN) return;
  throw new InputError("limit-exceeded", "", `more than ${MAX_ENTRIES_PER_SCAN} entries in one image`);
}

function untilNearlyRead(reading: FreshLayers): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let unreadBytes = [...reading.values()].reduce((sum, { storedSize }) => sum + storedSize, 0);
  const count = (readBytes: number) => {
    unreadBytes -= readBytes;
    if (unreadBytes <= MAX_UNREAD_BYTES) resolve();
  };
  count(0);
  for (const { storedSize, fresh } of reading.values()) {
    const ended = () => count(storedSize);
    fresh.then(ended, ended);
  }
  return promise;
}

async function* inOrderOfEnd(reading: FreshLayers): AsyncGenerator<LayerScan> {
  const ends = Array.from(reading, () => Promise.withResolvers<LayerScan | undefined>());
  let endCount = 0;
  const end = (scan?: LayerScan) => ends[endCount++]!.resolve(scan);
  for (const { fresh } of reading.values()) {
    fresh.then(
      ({ scan }) => end(scan),
      () => end(),
    );
  }
  for (const { promise } of ends) {
    const scan = await promise;
    if (scan === undefined) return;
    yield scan;
  }
}

/** An archive that does not give a layer's digest normally contains it uncompressed: then its digest is its diffID. */
function toClaim({ digest, diffId, storedSize }: SourceLayer) {
  return { digest: digest ?? diffId, diffId, storedSize };
}

async function scanChecked(layer: SourceLayer, readBlob: ReadBlob): Promise<LayerScan> {
  const scan = await atLayer(layer, () => readBlob(layer.place));
  if (layer.digest !== undefined && scan.digest !== layer.digest) {
    throw new InputError("digest-mismatch", layer.label, `expected digest ${layer.digest}, got ${scan.digest}`);
  }
  if (scan.downloadSize !== layer.storedSize) {
    throw new InputError("size-mismatch", layer.label, `expected ${layer.storedSize} bytes, got ${scan.downloadSize}`);
  }
  return scan;
}

function checkDiffId(layer: SourceLayer, scan: LayerScan): void {
  if (scan.diffId === layer.diffId) return;
  const message = `expected diffID ${layer.diffId} (image config), got ${scan.diffId}`;
  throw new InputError("digest-mismatch", layer.label, message);
}

/** Prepends the layer's name to the place inside it. */
async function atLayer<T>(layer: SourceLayer, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { code, message } = explainMissing(layer, error);
    const place = error.place === "" ? layer.label : `${layer.label}: ${error.place}`;
    throw new InputError(code, place, message, { cause: error });
  }
}
