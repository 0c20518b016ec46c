import { writeDescribed } from "#lib/db/write/write-described.ts";
import { describeImage } from "#lib/ingest/image/describe-image.ts";
import type { InputError } from "#lib/model/problem.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import { type ScanContext, toFailed } from "./scan-context.ts";
import type { ScanOutcome } from "./scan-event.ts";

/** Images stored in one transaction: others wait for a writer, and 64 images take a tenth of a second. */
const IMAGES_PER_WRITE = 64;
/** Layers of these images after which no more are waited for: a config may describe thousands, each by a text of its own. */
const LAYERS_PER_WRITE = 4096;

/** An image with the context of its scan, or the reason why it cannot be opened. */
export interface NamedImage {
  readonly at: ScanContext;
  readonly image: SourceImage | { readonly fault: InputError };
}

/** Stores images by manifest and config alone, many in one transaction. While they are written, the next are fetched. */
export async function* scanManifests(
  context: ScanContext,
  images: AsyncIterable<NamedImage>,
): AsyncGenerator<ScanOutcome> {
  let writing: Promise<ScanOutcome[]> = Promise.resolve([]);
  for await (const batch of inBatches(images)) {
    yield* await writing;
    writing = writeBatch(context, batch);
    // Reported when its turn comes, if it ever does.
    writing.catch(() => undefined);
  }
  yield* await writing;
}

async function writeBatch({ pool, signal }: ScanContext, batch: readonly NamedImage[]): Promise<ScanOutcome[]> {
  const described = batch.flatMap(({ at, image }) => ("fault" in image ? [] : [describeImage(image, at.source)]));
  const written = await writeDescribed(pool, described, signal);
  let next = 0;
  return batch.map(({ at, image }) => {
    if ("fault" in image) return toFailed(at.source, image.fault);
    return { ...written[next++]!, name: image.name, problems: [] };
  });
}

async function* inBatches(images: AsyncIterable<NamedImage>): AsyncGenerator<NamedImage[]> {
  let batch: NamedImage[] = [];
  let layerCount = 0;
  for await (const named of images) {
    batch.push(named);
    layerCount += "fault" in named.image ? 0 : named.image.layers.length;
    if (batch.length < IMAGES_PER_WRITE && layerCount < LAYERS_PER_WRITE) continue;
    yield batch;
    batch = [];
    layerCount = 0;
  }
  if (batch.length > 0) yield batch;
}
