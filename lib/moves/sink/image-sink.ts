import type { Platform } from "#lib/formats/oci/index.ts";
import type { DiffId, Digest } from "#lib/model/digest.ts";
import type { SourceLayer } from "#lib/sources/images/source-image.ts";

/** How new layers are compressed. Every engine reads gzip; zstd needs Docker 23 or Podman 1.8. */
export type LayerCompression = "gzip" | "zstd";

/** A layer that a sink has, to be listed in images. */
export interface StoredLayer {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly diffId: DiffId;
  /** Bytes of the blob as stored. */
  readonly size: number;
}

/** A manifest or an index that a sink has. */
export interface StoredManifest {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  /** `undefined` for an index. */
  readonly platform: Platform | undefined;
}

export interface NewImage {
  /** The configuration as it will be written, but `rootfs`, which follows from the layers. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The lowest first. */
  readonly layers: readonly StoredLayer[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Where images are written: a layout, an archive of one, a registry. The same input gives the same bytes. A blob that is added twice is
 * stored once. Layers may be added at the same time; every method throws UnreachableError if the sink cannot be written.
 */
export interface ImageSink {
  /**
   * The blob byte for byte, while its length and digest are checked; one that no manifest describes (`docker save`) is compressed like a
   * new layer. Throws InputError.
   */
  copyLayer(layer: SourceLayer): Promise<StoredLayer>;
  /** Compresses a tar, whose chunks must not be used again. Errors of `tar` pass unchanged. */
  addLayer(tar: AsyncIterable<Uint8Array>): Promise<StoredLayer>;
  /** Writes configuration and manifest. */
  addImage(image: NewImage): Promise<StoredManifest>;
  /** Writes an index of images of several platforms. */
  addIndex(images: readonly StoredManifest[], annotations?: Readonly<Record<string, string>>): Promise<StoredManifest>;
  /** Gives a name, for which the sink's own takes its place if there is one. Throws UsageError for a second one of the same name. */
  name(name: string, manifest: StoredManifest): void;
}
