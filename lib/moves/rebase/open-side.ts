import { formatPlatform, type PlatformChoice } from "#lib/formats/oci/index.ts";
import { openLayerPool } from "#lib/ingest/layers/layer-pool.ts";
import { InputError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import type { FoundImages, SourceImage } from "#lib/sources/images/source-image.ts";
import { type OpenedSource, type OpenOptions, openSource } from "../source/open-source.ts";

/** One source of a rebase. */
export interface OpenedSide extends Pick<OpenedSource, "reader" | "close"> {
  /** The source as the user wrote it. */
  readonly source: string;
  /** The image, one for each platform. */
  readonly images: readonly SourceImage[];
}

export type SideTools = Pick<OpenOptions, "environment" | "signal">;

/** Images of a source that are named when one has to be chosen. */
const MAX_NAMED = 20;

/** Images of one index. The widest of Docker's official ones has a dozen. */
const MAX_PLATFORMS = 64;

/**
 * Opens a source with one image, for one platform or for all of them; with a `digest`, only the image with it. Throws UsageError if
 * it has several images or is none of images, InputError, and UnreachableError, also if no image has the digest any more.
 */
export async function openSide(
  source: string,
  platform: PlatformChoice,
  { environment, signal }: SideTools,
  digest?: string,
): Promise<OpenedSide> {
  const openPool = () => openLayerPool({ signal, purpose: "move" });
  const { images, reader, close } = await openSource(source, { environment, signal, platform, openPool });
  try {
    return { source, images: await chooseOne(source, images, digest), reader, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The images of one name, which are those of its platforms; of two with one platform the first. */
async function chooseOne(
  source: string,
  images: FoundImages["images"],
  digest: string | undefined,
): Promise<SourceImage[]> {
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
  if (names.length === 1 && byDigest.size > MAX_PLATFORMS)
    throw new InputError("limit-exceeded", "", `${source} has more than ${MAX_PLATFORMS} platforms`);
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
