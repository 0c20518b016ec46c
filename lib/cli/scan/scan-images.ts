import { measure } from "#lib/analysis/measure.ts";
import { openKnownLayers } from "#lib/db/layers/known-layers.ts";
import { touchArtifact, writeWhileRead } from "#lib/db/write/write-snapshot.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { passArchive } from "#lib/ingest/image/pass-archive.ts";
import { type ReadBlob, scanLayers } from "#lib/ingest/image/scan-layers.ts";
import { openLayerPool } from "#lib/ingest/layers/layer-pool.ts";
import { findArchiveImages } from "#lib/sources/images/docker-save.ts";
import { findLayoutImages } from "#lib/sources/images/oci-layout.ts";
import {
  type OpenedImages,
  openArchive,
  openLayoutDirectory,
  openStandardInput,
  type PassingImages,
} from "#lib/sources/images/open-images.ts";
import type { BlobPlace, BlobStore, FoundImage, SourceImage } from "#lib/sources/images/source-image.ts";
import type { ImageSpec } from "#lib/sources/source-spec.ts";
import { sayProgress } from "../terminal.ts";
import { cutImage } from "./cut-image.ts";
import { attempt, type ScanContext, type ScanOutcome } from "./scan-context.ts";
import { ScanProgress } from "./scan-progress.ts";

/** What is done with each image of a source. */
type VisitImage = (context: ScanContext, image: SourceImage, readBlob: ReadBlob) => Promise<ScanOutcome>;

/** Scans every image of a source, or does what else `visit` does; one that fails does not stop the others. */
export async function scanImages(
  context: ScanContext,
  spec: ImageSpec,
  visit: VisitImage = scanImage,
): Promise<ScanOutcome[]> {
  const opened = await openImages(spec);
  if (opened.kind === "stream") return scanPassing(context, spec, opened, visit);
  const images = await findImages(context, spec, opened.store);
  return scanEach(context, images, async (image) => {
    // A pool an image: what all layers of one image may hold together is bounded.
    const totalBytes = image.layers.reduce((total, layer) => total + layer.downloadSize, 0);
    const progress = new ScanProgress(context.terminal, image.name);
    const pool = openLayerPool({
      onRead: (byteCount) => progress.add(byteCount),
      signal: context.signal,
      layerCount: image.layers.length,
      totalBytes,
      chunks: context.chunks,
    });
    try {
      const readBlob = progress.track((place) => pool.scan(asRange(place)));
      return await visit(context, image, readBlob);
    } finally {
      await pool.close();
    }
  });
}

async function scanPassing(
  context: ScanContext,
  spec: ImageSpec,
  { label, chunks }: PassingImages,
  visit: VisitImage,
): Promise<ScanOutcome[]> {
  const progress = new ScanProgress(context.terminal, label);
  const onRead = (byteCount: number) => progress.add(byteCount);
  const pool = openLayerPool({ signal: context.signal, chunks: context.chunks, onRead });
  try {
    const { store, readBlob } = await passArchive(label, chunks, pool);
    const images = await findImages(context, spec, store);
    return await scanEach(context, images, (image) => visit(context, image, readBlob));
  } finally {
    await pool.close();
  }
}

async function scanEach(
  context: ScanContext,
  images: readonly FoundImage[],
  scan: (image: SourceImage) => Promise<ScanOutcome>,
): Promise<ScanOutcome[]> {
  const outcomes: ScanOutcome[] = [];
  for (const [i, image] of images.entries()) {
    sayProgress(context.terminal, `${visibleText(image.name)} (image ${i + 1} of ${images.length})`);
    const open = async () => {
      if ("fault" in image) throw image.fault;
      return scan({ ...image, name: nameOf(context, image, images.length) });
    };
    outcomes.push(await attempt(context, open));
  }
  sayProgress(context.terminal, "");
  return outcomes;
}

function asRange(place: BlobPlace): Extract<BlobPlace, { kind: "range" }> {
  if (place.kind !== "range") throw new TypeError("a store that can be read again has ranges only");
  return place;
}

function openImages(spec: ImageSpec): Promise<OpenedImages> | OpenedImages {
  switch (spec.transport) {
    case "docker-archive-stdin":
      return openStandardInput(process.stdin);
    case "oci":
      return openLayoutDirectory(spec.path);
    default:
      return openArchive(spec.path);
  }
}

function findImages({ platform }: ScanContext, spec: ImageSpec, store: BlobStore): Promise<FoundImage[]> {
  const choice = { name: "imageName" in spec ? spec.imageName : undefined, platform };
  const isLayout = spec.transport === "oci" || spec.transport === "oci-archive";
  return isLayout ? findLayoutImages(store, choice) : findArchiveImages(store, choice);
}

/** `--name` names the artifact; where a source holds several it stands before their own names. */
function nameOf({ name }: ScanContext, image: SourceImage, imageCount: number): string {
  if (name === undefined) return image.name;
  return imageCount === 1 ? name : `${name}/${image.name}`;
}

async function scanImage(context: ScanContext, image: SourceImage, readBlob: ReadBlob): Promise<ScanOutcome> {
  const outcome = await storeImage(context, image, readBlob);
  const { chunks: sizes } = context;
  // Layers that were read just now are cut already; those known from before may not be.
  if (sizes && outcome.artifactId !== undefined) {
    await cutImage(context, { artifactId: outcome.artifactId, image, sizes, readBlob });
  }
  return outcome;
}

async function storeImage(context: ScanContext, image: SourceImage, readBlob: ReadBlob): Promise<ScanOutcome> {
  const { pool, source } = context;
  const known = await touchArtifact(pool, { digest: image.digest, name: image.name, source });
  if (known !== undefined) return { artifactId: known, name: image.name, known: true, problems: [] };
  const underWay = await scanLayers(image, openKnownLayers(pool), readBlob);
  // Loaded while the threads start: nothing of it is needed before layers are read.
  const { buildImageSnapshot } = await import("#lib/ingest/image/build-image-snapshot.ts");
  const whole = underWay.layers.then((layers) => {
    context.signal.throwIfAborted();
    const snapshot = buildImageSnapshot(image, source, layers);
    return { snapshot, measured: measure(snapshot.graph) };
  });
  // Awaited below; without this, a layer that fails before anything is written would count as unhandled.
  whole.catch(() => undefined);
  await underWay.nearlyRead;
  const { digest, name } = image;
  const written = await writeWhileRead(pool, { named: { digest, name, source }, scans: underWay.scans, whole });
  return { ...written, name, problems: (await whole).snapshot.problems };
}
