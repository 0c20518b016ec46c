import { formatPlatform, type PlatformChoice } from "#lib/formats/oci/index.ts";
import type { ReadBlob } from "#lib/ingest/image/scan-layers.ts";
import { streamArchive } from "#lib/ingest/image/stream-archive.ts";
import { type LayerPool, openLayerPool } from "#lib/ingest/layers/layer-pool.ts";
import { scanPlace } from "#lib/ingest/layers/scan-place.ts";
import { InputError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "#lib/sources/environment.ts";
import { meterStore } from "#lib/sources/images/metered-store.ts";
import type { StreamedFiles } from "#lib/sources/images/open-images.ts";
import type { FoundImages, SourceImage } from "#lib/sources/images/source-image.ts";
import { parseSource } from "#lib/sources/parse-source.ts";

/** One source of a rebase. */
export interface OpenedSide {
  /** The source as the user wrote it. */
  readonly source: string;
  /** The image, one for each platform. */
  readonly images: readonly SourceImage[];
  /** Reads its layers: in a pool, unless the source was a stream, whose layers are read already. */
  readonly reader: (pool: LayerPool) => ReadBlob;
  close(): Promise<void>;
}

export interface SideTools {
  readonly environment: SourceEnvironment;
  readonly signal: AbortSignal;
}

/** Images of a source that are named when one has to be chosen. */
const MAX_NAMED = 20;

/** Images of one index. The widest of Docker's official ones has a dozen. */
const MAX_PLATFORMS = 64;

/**
 * Opens a source with one image, for one platform or for all of them; with a `digest`, only the image with it. Throws UsageError if
 * it has several images or is none of images, InputError, and UnreachableError, also if no image has the digest any more.
 */
export async function openSide(
  text: string,
  platform: PlatformChoice,
  tools: SideTools,
  digest?: string,
): Promise<OpenedSide> {
  const source = parseSource(text, tools.environment);
  if (source.kind !== "images") throw new UsageError(`${text} is not a source of images, and layers are needed`);
  const opened = await source.open(tools.signal);
  if (opened.kind === "remote") {
    const images = await chooseOne(text, await opened.find(platform), digest);
    return { source: text, images, reader: fromPool, close: () => opened.close() };
  }
  const { files, find } = opened;
  if (files.kind === "stream") {
    const choose: ChooseImages = async (store) => chooseOne(text, await find(meterStore(store), platform), digest);
    return openStream(text, files, choose, tools);
  }
  const images = await chooseOne(text, await find(meterStore(files.store), platform), digest);
  return { source: text, images, reader: fromPool, close: async () => undefined };
}

const fromPool = (pool: LayerPool): ReadBlob => {
  return (place) => scanPlace(pool, place);
};

type ChooseImages = (store: Awaited<ReturnType<typeof streamArchive>>["store"]) => Promise<SourceImage[]>;

async function openStream(
  source: string,
  { label, chunks }: StreamedFiles,
  choose: ChooseImages,
  { signal }: SideTools,
): Promise<OpenedSide> {
  const pool = openLayerPool({ signal, purpose: "move" });
  try {
    const { store, readBlob } = await streamArchive(label, chunks, pool);
    await pool.rest();
    return {
      source,
      images: await choose(store),
      reader: () => readBlob,
      close: () => pool.close(),
    };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/** The images of one name, which are those of its platforms; of two with one platform the first. */
async function chooseOne(source: string, { images }: FoundImages, digest?: string): Promise<SourceImage[]> {
  if (digest !== undefined) return [await findByDigest(source, images, digest)];
  const byDigest = new Map<string, SourceImage>();
  for await (const image of images) {
    if ("fault" in image) throw image.fault;
    if (!byDigest.has(image.digest)) byDigest.set(image.digest, image);
    if (byDigest.size > MAX_PLATFORMS) break;
  }
  const chosen = [...byDigest.values()];
  const names = [...new Set(chosen.map(({ name }) => withoutPlatform(name)))];
  if (chosen.length === 0) throw new InputError("not-an-image", "", `${source} has no image`);
  if (names.length === 1)
    return [...new Map(chosen.toReversed().map((image) => [platformOf(image), image])).values()].reverse();
  throw new UsageError(`${source} has several images; name one of them:`, names.slice(0, MAX_NAMED));
}

async function findByDigest(source: string, images: FoundImages["images"], digest: string): Promise<SourceImage> {
  for await (const image of images) if (!("fault" in image) && image.digest === digest) return image;
  throw new UnreachableError(`${source} does not have this image any more`);
}

/** What tells the images of an index apart by name. */
const PLATFORM_SUFFIX = /@[^@:]*\/[^@:]*$/;

/** The name that all platforms of an image have. */
export function withoutPlatform(name: string): string {
  return name.replace(PLATFORM_SUFFIX, "");
}

/** `os/arch[/variant]`; "" if the configuration has none. */
function platformOf({ config }: SourceImage): string {
  return formatPlatform(config.platform);
}
