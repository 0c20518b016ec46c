import { measure } from "#lib/analysis/measure.ts";
import { openKnownLayers } from "#lib/db/layers/known-layers.ts";
import { addSettings } from "#lib/db/write/add-settings.ts";
import { touchArtifact } from "#lib/db/write/known-artifact.ts";
import { rewriteAttached } from "#lib/db/write/write-attached.ts";
import { writeWhileRead } from "#lib/db/write/write-snapshot.ts";
import { type ReadBlob, scanLayers } from "#lib/ingest/image/scan-layers.ts";
import { openLayerPool } from "#lib/ingest/layers/layer-pool.ts";
import { scanPlace } from "#lib/ingest/layers/scan-place.ts";
import { buffersIn } from "#lib/ingest/threads/job.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { type Problem, UsageError } from "#lib/model/problem.ts";
import { meterStore } from "#lib/sources/images/metered-store.ts";
import type { OpenedFiles, StreamedFiles } from "#lib/sources/images/open-images.ts";
import type { FoundImages, SourceImage } from "#lib/sources/images/source-image.ts";
import type { ImageSource } from "#lib/sources/transport.ts";
import { cutImage } from "./cut-image.ts";
import { readAttached } from "./read-attached.ts";
import { ReadingProgress } from "./reading-progress.ts";
import { attempt, emitProgress, type ScanContext } from "./scan-context.ts";
import type { ScanOutcome } from "./scan-event.ts";
import { type NamedImage, scanManifests } from "./scan-manifests.ts";

/** The work on each image of a source. */
type VisitImage = (context: ScanContext, image: SourceImage, reader: LayerReader) => Promise<ScanOutcome>;

/** Reads the layers of an image. */
interface LayerReader {
  readonly readBlob: ReadBlob;
  /** Announces that no more layers are read for now: squashing needs the memory of the readers. */
  rest(): Promise<void>;
}

/** Scans every image of a source, or performs another `visit`; one that fails does not stop the others. */
export async function* scanImages(
  context: ScanContext,
  source: ImageSource,
  visit: VisitImage = scanImage,
): AsyncGenerator<ScanOutcome> {
  const opened = await source.open(context.signal);
  const scan = (found: FoundImages) =>
    context.manifestsOnly
      ? scanManifests(context, nameEach(context, found))
      : scanEach(context, found, (at, image) => scanStored(at, image, visit));
  if (opened.kind === "remote") {
    try {
      yield* scan(await opened.find(context.platform));
    } finally {
      await opened.close();
    }
  } else if (opened.files.kind === "stream") {
    if (context.manifestsOnly) throw new UsageError(`${context.source} ${READ_WHOLE}`);
    yield* scanStreamed(context, { ...opened.files, find: opened.find }, visit);
  } else {
    yield* scan(await opened.find(meterStore(opened.files.store), context.platform));
  }
}

const READ_WHOLE = "is a stream, which must be read to its end anyway: scan it without --manifests-only";

/** One pool per image: the limits apply to all layers of one image together. */
async function scanStored(context: ScanContext, image: SourceImage, visit: VisitImage): Promise<ScanOutcome> {
  const progress = new ReadingProgress((counts) => emitProgress(context, "reading", counts), image.layers);
  const pool = openLayerPool({
    onRead: (byteCount) => progress.add(byteCount),
    signal: context.signal,
    layerCount: image.layers.length,
    totalBytes: image.layers.reduce((total, layer) => total + layer.storedSize, 0),
    chunks: context.chunks,
  });
  try {
    const readBlob = progress.track((place) => scanPlace(pool, place));
    return await visit(context, image, { readBlob, rest: () => pool.rest() });
  } finally {
    await pool.close();
  }
}

async function* scanStreamed(
  context: ScanContext,
  { label, chunks, find }: StreamedFiles & Pick<OpenedFiles, "find">,
  visit: VisitImage,
): AsyncGenerator<ScanOutcome> {
  const progress = new ReadingProgress((counts) => emitProgress(context, "reading", counts));
  const onRead = (byteCount: number) => progress.add(byteCount);
  const pool = openLayerPool({ signal: context.signal, chunks: context.chunks, onRead });
  try {
    const { streamArchive } = await import("#lib/ingest/image/stream-archive.ts");
    const { store, readBlob } = await streamArchive(label, chunks, pool);
    const images = await find(meterStore(store), context.platform);
    await pool.rest();
    yield* scanEach(context, images, (at, image) => visit(at, image, { readBlob, rest: () => pool.rest() }));
  } finally {
    await pool.close();
  }
}

/** One image after the other; the metadata of at most two is in memory, whatever the size of the source. */
async function* scanEach(
  context: ScanContext,
  found: FoundImages,
  scan: (context: ScanContext, image: SourceImage) => Promise<ScanOutcome>,
): AsyncGenerator<ScanOutcome> {
  for await (const { at, image } of nameEach(context, found)) {
    yield await attempt(at, async () => {
      if ("fault" in image) throw image.fault;
      return scan(at, image);
    });
  }
}

/** Each image under the name of its artifact, and with its own source if it was found in a list. */
async function* nameEach(context: ScanContext, { count, images }: FoundImages): AsyncGenerator<NamedImage> {
  let index = 0;
  for await (const { value: found, isOnly } of withOnly(images)) {
    context.signal.throwIfAborted();
    const name = toArtifactName(context, found.name, isOnly);
    const position = { name, index, count: Math.max(count, index + 1) };
    const at = { ...context, source: found.source ?? context.source, image: position };
    emitProgress(at, "reading");
    index += 1;
    if ("fault" in found) yield { at, image: found };
    else {
      const { note } = found;
      if (note !== undefined) context.emit({ type: "notice", source: context.source, message: note });
      yield { at, image: { ...found, name } };
    }
  }
}

/** Each value, and whether it is the only one. */
async function* withOnly<T>(values: AsyncIterable<T>): AsyncGenerator<{ value: T; isOnly: boolean }> {
  let held: { value: T } | undefined;
  let count = 0;
  for await (const value of values) {
    if (held !== undefined) yield { value: held.value, isOnly: false };
    held = { value };
    count += 1;
  }
  if (held !== undefined) yield { value: held.value, isOnly: count === 1 };
}

/** `--name` names the artifact; if a source has several, it is the prefix of their own names. */
function toArtifactName({ name }: ScanContext, imageName: string, isOnly: boolean): string {
  if (name === undefined) return imageName;
  return isOnly ? name : `${name}/${imageName}`;
}

async function scanImage(context: ScanContext, image: SourceImage, reader: LayerReader): Promise<ScanOutcome> {
  const outcome = await storeImage(context, image, reader);
  const { chunks: sizes } = context;
  // Layers that were just read are chunked already; known ones may not be.
  if (sizes && outcome.artifactId !== undefined) {
    await cutImage(context, { artifactId: outcome.artifactId, image, sizes, readBlob: reader.readBlob });
  }
  return outcome;
}

async function storeImage(context: ScanContext, image: SourceImage, reader: LayerReader): Promise<ScanOutcome> {
  const { pool, source, signal } = context;
  const { digest, name } = image;
  // Fetched while layers are read.
  const reading = readAttached(image, source);
  const known = await touchArtifact(pool, { digest, name, source });
  if (known !== undefined) {
    const { attached, problems } = await reading;
    if (attached !== undefined) await rewriteAttached(pool, known.artifactId, attached);
    await addSettings(pool, known.artifactId, image.config.settings);
    return { ...known, name, known: true, problems };
  }
  const underWay = await scanLayers(image, openKnownLayers(pool, { readBy: "this version" }), reader.readBlob);
  // Loaded while the threads start, because it is not needed before layers are read.
  const { buildImageSnapshot } = await import("#lib/ingest/image/build-image-snapshot.ts");
  let problems: readonly Problem[] = [];
  const complete = async () => {
    const layers = await underWay.layers;
    await reader.rest();
    signal.throwIfAborted();
    emitProgress(context, "measuring");
    const { attached, problems: attachedProblems } = await reading;
    const built = buildImageSnapshot(image, source, layers);
    const snapshot = { ...built, problems: [...built.problems, ...attachedProblems] };
    problems = snapshot.problems;
    const measured = measure(snapshot.graph);
    emitProgress(context, "writing");
    return { snapshot, measured, attached };
  };
  await underWay.nearlyRead;
  const scans = givenBack(underWay.scans);
  const written = await writeWhileRead(pool, { named: { digest, name, source }, scans, complete, signal });
  return { ...written, name, problems };
}

/** The same scans. Data that squashing does not read is freed as soon as it is written: 37 MiB for 600,000 files. */
async function* givenBack(scans: AsyncIterable<LayerScan>): AsyncGenerator<LayerScan> {
  for await (const scan of scans) {
    yield scan;
    const { mode, uid, gid, mtime, content } = scan.entries;
    const { contents, chunks } = scan;
    for (const buffer of buffersIn({ mode, uid, gid, mtime, content, contents, chunks })) buffer.transfer(0);
  }
}
