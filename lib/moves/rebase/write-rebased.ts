import { BASE_DIGEST, BASE_NAME } from "#lib/model/attached.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import type { ImageSink, StoredManifest } from "../sink/image-sink.ts";
import { withoutPlatform } from "./open-side.ts";
import { toMovedConfig } from "./read-sides.ts";
import { rebaseConfig } from "./rebased-config.ts";

/** What is written for one platform. Plain data but for the images, which are read again from their sources. */
export interface RebasedPlatform {
  readonly image: SourceImage;
  readonly oldBase: SourceImage;
  readonly newBase: SourceImage;
  /** Of the image's layers, how many are the old base. */
  readonly oldBaseLayers: number;
  /** The merged configuration. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The tar of the merge layer, empty if there is none. */
  readonly mergeTar: Uint8Array;
  /** The step of the merge layer. */
  readonly mergeStep: string;
}

/**
 * Writes a rebased image, an index if there are several platforms, and gives it the name. The layers of the new base and of the
 * image are copied as they are. Throws InputError, UnreachableError.
 */
export async function writeRebased(
  sink: ImageSink,
  name: string,
  platforms: readonly RebasedPlatform[],
): Promise<StoredManifest> {
  const images: StoredManifest[] = [];
  for (const platform of platforms) images.push(await writePlatform(sink, platform));
  const [only, ...more] = images;
  const written = more.length === 0 ? only! : await sink.addIndex(images);
  sink.name(withoutPlatform(name), written);
  return written;
}

async function writePlatform(sink: ImageSink, platform: RebasedPlatform): Promise<StoredManifest> {
  const { image, newBase, oldBaseLayers, mergeTar } = platform;
  const layers = [];
  for (const layer of [...newBase.layers, ...image.layers.slice(oldBaseLayers)])
    layers.push(await sink.copyLayer(layer));
  if (mergeTar.length > 0) layers.push(await sink.addLayer(toChunks(mergeTar)));
  const own = (await image.readAnnotations?.()) ?? {};
  const annotations = { ...own, [BASE_DIGEST]: newBase.digest, [BASE_NAME]: withoutPlatform(newBase.name) };
  return sink.addImage({ config: await toConfig(platform), layers, annotations });
}

async function toConfig(platform: RebasedPlatform): Promise<Readonly<Record<string, unknown>>> {
  const { image, oldBase, newBase, oldBaseLayers, config, mergeTar, mergeStep } = platform;
  const read = async (of: SourceImage) => toMovedConfig(await of.readConfig()).json;
  return rebaseConfig({
    image: await read(image),
    oldBase: await read(oldBase),
    newBase: await read(newBase),
    after: config,
    oldBaseLayers,
    newBaseLayers: newBase.layers.length,
    imageLayers: image.layers.length,
    mergeStep: mergeTar.length > 0 ? mergeStep : undefined,
    to: { name: withoutPlatform(newBase.name), digest: newBase.digest },
  });
}

async function* toChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
