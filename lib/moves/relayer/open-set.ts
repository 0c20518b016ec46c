import type { PlatformChoice } from "#lib/formats/oci/index.ts";
import { type ReadBlob, scanLayers } from "#lib/ingest/image/scan-layers.ts";
import { streamArchive } from "#lib/ingest/image/stream-archive.ts";
import { scanPlace } from "#lib/ingest/layers/scan-place.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { type KnownLayers, toListing } from "#lib/model/layer-listing.ts";
import { InputError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { SourceEnvironment } from "#lib/sources/environment.ts";
import { meterStore } from "#lib/sources/images/metered-store.ts";
import type { FoundImage, FoundImages, SourceImage } from "#lib/sources/images/source-image.ts";
import { parseSource } from "#lib/sources/parse-source.ts";
import type { ReadMembers } from "./image-units.ts";
import type { MemberReader } from "./read-members.ts";

/** Images relayered together: their layers are in memory together, without their bodies. */
export const MAX_RELAYERED_IMAGES = 256;

/** An image whose layers were read. */
export interface ReadImage {
  readonly image: SourceImage;
  /** The configuration as it was written. */
  readonly config: Uint8Array;
  /** Of its manifest. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly layers: readonly ReadMembers[];
}

export interface SetOptions {
  readonly environment: SourceEnvironment;
  readonly platform: PlatformChoice;
  readonly signal: AbortSignal;
  /** Called with what takes time, in words. */
  readonly onStep?: (step: string) => void;
  /** Only the images with these digests, in this order. Default: all of the sources. */
  readonly digests?: readonly string[] | undefined;
}

/** Images that were read, and their layers, each once and at its position. */
export interface ReadSet {
  readonly images: readonly ReadImage[];
  readonly layers: readonly ReadMembers[];
}

/**
 * Reads all images of some sources; a layer of several images once, an image of several sources too. Throws UsageError, InputError,
 * UnreachableError.
 */
export async function readSet(sources: readonly string[], reader: MemberReader, options: SetOptions): Promise<ReadSet> {
  const set = new ImageSetReader(reader, options);
  for (const text of sources) {
    const source = parseSource(text, options.environment);
    if (source.kind !== "images") throw new UsageError(`${text} is not a source of images, and layers are needed`);
    const opened = await source.open(options.signal);
    if (opened.kind === "remote") {
      try {
        await set.read(await opened.find(options.platform), (place) => scanPlace(reader, place));
      } finally {
        await opened.close();
      }
    } else if (opened.files.kind === "stream") {
      reader.startImage();
      const { store, readBlob } = await streamArchive(opened.files.label, opened.files.chunks, reader);
      await set.read(await opened.find(meterStore(store), options.platform), readBlob);
    } else {
      const found = await opened.find(meterStore(opened.files.store), options.platform);
      await set.read(found, (place) => scanPlace(reader, place));
    }
  }
  return set.finish();
}

class ImageSetReader {
  readonly #reader: MemberReader;
  readonly #onStep: SetOptions["onStep"];
  readonly #digests: SetOptions["digests"];
  readonly #images = new Map<string, ReadImage>();
  readonly #layers = new Map<string, ReadMembers>();

  constructor(reader: MemberReader, { onStep, digests }: Pick<SetOptions, "onStep" | "digests">) {
    this.#reader = reader;
    this.#onStep = onStep;
    this.#digests = digests;
  }

  async read({ images }: FoundImages, readBlob: ReadBlob): Promise<void> {
    for await (const image of images) {
      if (!this.#isWanted(image)) continue;
      if ("fault" in image) throw image.fault;
      if (this.#images.has(image.digest)) continue;
      if (this.#images.size === MAX_RELAYERED_IMAGES) {
        throw new InputError("limit-exceeded", "", `more than ${MAX_RELAYERED_IMAGES} images in one set`);
      }
      this.#images.set(image.digest, await this.#readImage(image, readBlob));
    }
  }

  /** What cannot be opened may be another image of the same source. */
  #isWanted(image: FoundImage): boolean {
    return this.#digests === undefined || (!("fault" in image) && this.#digests.includes(image.digest));
  }

  /** The images in the order of the digests, else of the sources. Throws UnreachableError. */
  finish(): ReadSet {
    const images = this.#digests?.map((digest) => this.#find(digest)) ?? [...this.#images.values()];
    return { images, layers: [...this.#layers.values()] };
  }

  #find(digest: string): ReadImage {
    const found = this.#images.get(digest);
    if (found === undefined) throw new UnreachableError(`no source has the image ${shortDigest(digest)} any more`);
    return found;
  }

  async #readImage(image: SourceImage, readBlob: ReadBlob): Promise<ReadImage> {
    this.#reader.startImage();
    this.#onStep?.(`reading ${image.name}`);
    const known: KnownLayers = {
      load: async (claims) =>
        claims.map(({ diffId }) => this.#layers.get(diffId)).map((read) => read && toListing(read.scan)),
    };
    const { layers } = await scanLayers(image, known, readBlob);
    for (const { scan } of await layers) if (scan !== undefined) this.#add(scan);
    const read = image.layers.map(({ diffId }) => this.#layers.get(diffId)!);
    const annotations = (await image.readAnnotations?.()) ?? {};
    return { image, config: await image.readConfig(), annotations, layers: read };
  }

  #add(scan: LayerScan): void {
    if (this.#layers.has(scan.diffId)) return;
    const position = this.#layers.size;
    this.#layers.set(scan.diffId, { position, scan, columns: this.#reader.columnsOf(scan) });
  }
}
