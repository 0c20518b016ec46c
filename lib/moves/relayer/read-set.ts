import type { ReadBlob } from "#lib/ingest/image/scan-layers.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { FoundImage, FoundImages, SourceImage } from "#lib/sources/images/source-image.ts";
import { type OpenOptions, openSource } from "../source/open-source.ts";
import { type ReadScans, readLayers } from "../source/read-layers.ts";
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

export interface SetOptions extends Omit<OpenOptions, "openPool"> {
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
  const openPool = () => {
    reader.startImage();
    return reader;
  };
  for (const text of sources) {
    const opened = await openSource(text, { ...options, openPool });
    try {
      await set.read(opened.images, opened.reader(reader));
    } finally {
      await opened.close();
    }
  }
  return set.finish();
}

class ImageSetReader {
  readonly #reader: MemberReader;
  readonly #onStep: SetOptions["onStep"];
  readonly #digests: SetOptions["digests"];
  readonly #images = new Map<string, ReadImage>();
  readonly #scans: ReadScans = new Map();
  readonly #layers = new Map<LayerScan, ReadMembers>();

  constructor(reader: MemberReader, { onStep, digests }: Pick<SetOptions, "onStep" | "digests">) {
    this.#reader = reader;
    this.#onStep = onStep;
    this.#digests = digests;
  }

  async read(images: FoundImages["images"], readBlob: ReadBlob): Promise<void> {
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
    const scans = await readLayers(image, readBlob, this.#scans);
    const layers = scans.map((scan) => this.#layers.get(scan) ?? this.#add(scan));
    const annotations = (await image.readAnnotations?.()) ?? {};
    return { image, config: await image.readConfig(), annotations, layers };
  }

  #add(scan: LayerScan): ReadMembers {
    const layer = { position: this.#layers.size, scan, columns: this.#reader.columnsOf(scan) };
    this.#layers.set(scan, layer);
    return layer;
  }
}
