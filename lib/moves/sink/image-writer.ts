import { join } from "node:path";
import { decompress, sniffStream } from "#lib/formats/compression/index.ts";
import { describeUnreadType, type Platform, toOciLayerType } from "#lib/formats/oci/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import { InputError } from "#lib/model/problem.ts";
import { digestOfBytes } from "#lib/sources/images/read-blob.ts";
import { readPlace } from "#lib/sources/images/read-place.ts";
import type { SourceLayer } from "#lib/sources/images/source-image.ts";
import type { Blob, BlobTarget, NamedManifest } from "./blob-target.ts";
import { checkChunks } from "./checked-chunks.ts";
import { compressLayer } from "./compress-layer.ts";
import type { ImageSink, LayerCompression, NewImage, StoredLayer, StoredManifest } from "./image-sink.ts";

const MEDIA_TYPE = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  gzip: "application/vnd.oci.image.layer.v1.tar+gzip",
  zstd: "application/vnd.oci.image.layer.v1.tar+zstd",
} as const;

interface WriterOptions {
  readonly compression: LayerCompression;
  readonly signal: AbortSignal;
}

/** Makes blobs of layers, configurations and manifests, for any target. */
export class ImageWriter implements ImageSink {
  readonly #target: BlobTarget;
  readonly #options: WriterOptions;
  /** Blobs that are stored, or being stored. */
  readonly #stored = new Map<Digest, Promise<void>>();
  readonly #named: NamedManifest[] = [];
  #fileCount = 0;

  constructor(target: BlobTarget, options: WriterOptions) {
    this.#target = target;
    this.#options = options;
  }

  async copyLayer(layer: SourceLayer): Promise<StoredLayer> {
    const { digest, diffId, storedSize: size, label, mediaType, isDescribed } = layer;
    const unread = describeUnreadType(mediaType);
    if (unread !== undefined) throw new InputError("unsupported", label, `the layer is ${unread}`);
    if (digest === undefined || !isDescribed) return this.#compressCopy(layer);
    const blob = { digest, size };
    const from = layer.place.kind === "remote" ? layer.place.from : undefined;
    const open = () => this.#untilStopped(checkChunks(readLayer(layer), blob, label));
    await this.#store(blob, () => this.#target.copy(blob, open, from));
    return { ...blob, diffId, mediaType: toOciLayerType(mediaType) };
  }

  async addLayer(tar: AsyncIterable<Uint8Array>): Promise<StoredLayer> {
    const { compression, signal } = this.#options;
    const { workDir, shown } = this.#target;
    this.#fileCount += 1;
    const path = join(workDir, `layer-${this.#fileCount}`);
    const { digest, size, diffId } = await compressLayer(tar, { path, compression, shown, signal });
    await this.#store({ digest, size }, () => this.#target.take({ digest, size }, path));
    return { digest, size, diffId, mediaType: MEDIA_TYPE[compression] };
  }

  async addImage({ config, layers, annotations = {} }: NewImage): Promise<StoredManifest> {
    const rootfs = { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) };
    const written = await this.#putBytes(toJson({ ...config, rootfs }));
    const manifest = {
      schemaVersion: 2,
      mediaType: MEDIA_TYPE.manifest,
      config: { mediaType: MEDIA_TYPE.config, ...written },
      layers: layers.map(({ mediaType, digest, size }) => ({ mediaType, digest, size })),
      ...withAnnotations(annotations),
    };
    return this.#putManifest(MEDIA_TYPE.manifest, manifest, toPlatform(config));
  }

  async addIndex(images: readonly StoredManifest[], annotations = {}): Promise<StoredManifest> {
    const manifests = images.map(toDescriptor);
    const index = { schemaVersion: 2, mediaType: MEDIA_TYPE.index, manifests, ...withAnnotations(annotations) };
    return this.#putManifest(MEDIA_TYPE.index, index, undefined);
  }

  name(name: string, manifest: StoredManifest): void {
    this.#named.push({ name: this.#target.claimName(name), manifest });
  }

  /** Makes what was named visible. */
  async commit(): Promise<void> {
    this.#options.signal.throwIfAborted();
    await this.#target.commit(this.#named);
  }

  /** A plain tar is stored compressed, as an engine would when it pushes the image. */
  async #compressCopy(layer: SourceLayer): Promise<StoredLayer> {
    const { compression, chunks } = await sniffStream(readLayer(layer));
    const stored = await this.addLayer(decompress(chunks, { compression }));
    if (stored.diffId === layer.diffId) return stored;
    const message = `expected diffID ${layer.diffId} (image config), got ${stored.diffId}`;
    throw new InputError("digest-mismatch", layer.label, message);
  }

  #store({ digest }: Blob, store: () => Promise<void>): Promise<void> {
    const storing = this.#stored.get(digest) ?? store();
    this.#stored.set(digest, storing);
    return storing;
  }

  async #putBytes(bytes: Uint8Array): Promise<Blob> {
    const blob = { digest: digestOfBytes(bytes), size: bytes.length };
    await this.#store(blob, () => this.#target.copy(blob, () => toChunks(bytes)));
    return blob;
  }

  async #putManifest(mediaType: string, json: object, platform: Platform | undefined): Promise<StoredManifest> {
    const bytes = toJson(json);
    const manifest = { mediaType, digest: digestOfBytes(bytes), size: bytes.length, platform };
    await this.#store(manifest, () => this.#target.putManifest(manifest, bytes));
    return manifest;
  }

  async *#untilStopped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#options.signal.throwIfAborted();
      yield chunk;
    }
  }
}

function readLayer({ place, label }: SourceLayer): AsyncIterable<Uint8Array> {
  if (place.kind !== "streamed") return readPlace(place);
  const message = "the layer was in a stream, which cannot be read twice; decompress the archive into a file";
  throw new InputError("unsupported", label, message);
}

/** A manifest in an index. */
export function toDescriptor({ mediaType, digest, size, platform }: StoredManifest): object {
  return { mediaType, digest, size, ...(platform === undefined ? {} : { platform: toPlatformJson(platform) }) };
}

function toPlatformJson({ os, architecture, variant }: Platform): object {
  return { architecture, os, ...(variant === "" ? {} : { variant }) };
}

function toPlatform({ os, architecture, variant }: NewImage["config"]): Platform {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { os: text(os), architecture: text(architecture), variant: text(variant) };
}

function withAnnotations(annotations: Readonly<Record<string, string>>): object {
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}

function toJson(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

async function* toChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
