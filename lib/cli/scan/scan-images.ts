import { measure } from "#lib/analysis/measure.ts";
import { openKnownLayers } from "#lib/db/layers/known-layers.ts";
import { touchArtifact, writeSnapshot } from "#lib/db/write/write-snapshot.ts";
import { buildImageSnapshot } from "#lib/ingest/image/build-image-snapshot.ts";
import { passArchive } from "#lib/ingest/image/pass-archive.ts";
import { type ReadBlob, scanLayers } from "#lib/ingest/image/scan-layers.ts";
import { type LayerPool, openLayerPool } from "#lib/ingest/layers/layer-pool.ts";
import { findArchiveImages } from "#lib/sources/images/docker-save.ts";
import { findLayoutImages, type ImageChoice } from "#lib/sources/images/oci-layout.ts";
import { type OpenedImages, openArchive, openLayoutDirectory, openStandardInput } from "#lib/sources/images/open-images.ts";
import type { BlobStore, SourceImage } from "#lib/sources/images/source-image.ts";
import type { ImageSpec } from "#lib/sources/source-spec.ts";
import { sayProgress } from "../terminal.ts";
import { attempt, type ScanContext, type ScanOutcome } from "./scan-context.ts";

/** Scans every image of a source; one that fails does not stop the others. */
export async function scanImages(context: ScanContext, spec: ImageSpec): Promise<ScanOutcome[]> {
  const opened = await openImages(spec);
  const pool = openLayerPool({ signal: context.signal });
  try {
    const { store, readBlob } = await openStore(opened, pool);
    const choice = { name: "imageName" in spec ? spec.imageName : undefined, platform: context.platform };
    const images = await findImages(spec, store, choice);
    const outcomes: ScanOutcome[] = [];
    for (const image of images) {
      sayProgress(context.terminal, `${image.name}: ${image.layers.length} layers`);
      const named = { ...image, name: nameOf(context, image, images.length) };
      outcomes.push(await attempt(context, () => scanImage(context, named, readBlob)));
    }
    return outcomes;
  } finally {
    await pool.close();
    sayProgress(context.terminal, "");
  }
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

async function openStore(opened: OpenedImages, pool: LayerPool): Promise<{ store: BlobStore; readBlob: ReadBlob }> {
  if (opened.kind === "stream") return passArchive(opened.label, opened.chunks, pool);
  return {
    store: opened.store,
    readBlob: (place) => {
      if (place.kind !== "range") throw new TypeError("a store that can be read again has ranges only");
      return pool.scan(place);
    },
  };
}

function findImages(spec: ImageSpec, store: BlobStore, choice: ImageChoice): Promise<SourceImage[]> {
  return spec.transport === "oci" || spec.transport === "oci-archive"
    ? findLayoutImages(store, choice)
    : findArchiveImages(store, choice);
}

/** `--name` names the artifact; where a source holds several it stands before their own names. */
function nameOf({ name }: ScanContext, image: SourceImage, imageCount: number): string {
  if (name === undefined) return image.name;
  return imageCount === 1 ? name : `${name}/${image.name}`;
}

async function scanImage(context: ScanContext, image: SourceImage, readBlob: ReadBlob): Promise<ScanOutcome> {
  const { pool, source } = context;
  const known = await touchArtifact(pool, { digest: image.digest, name: image.name, source });
  if (known !== undefined) return { artifactId: known, known: true, problems: [] };
  const layers = await scanLayers(image, openKnownLayers(pool), readBlob);
  const snapshot = buildImageSnapshot(image, source, layers);
  context.signal.throwIfAborted();
  const written = await writeSnapshot(pool, snapshot, measure(snapshot.graph));
  return { ...written, problems: snapshot.problems };
}
