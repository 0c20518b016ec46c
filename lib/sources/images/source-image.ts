import type { BaseMention, Descriptor, ImageConfig } from "#lib/formats/oci/index.ts";
import type { AttachedMaterial, AttachedSignature } from "#lib/model/attached.ts";
import type { DiffId, Digest } from "#lib/model/digest.ts";
import type { InputError } from "#lib/model/problem.ts";
import type { FileRange } from "../file-range.ts";

/**
 * Place of a layer's bytes: a range of a file that can be read again; another machine, from which they are fetched when read; a
 * member of a stream that has already been read; or nowhere here, for a layer that an image need not contain.
 */
export type BlobPlace =
  | ({ readonly kind: "range" } & FileRange)
  | RemotePlace
  | { readonly kind: "streamed"; readonly member: string }
  | { readonly kind: "absent" };

/** Fetched when it is read. Each chunk is valid until the next is asked for. */
export interface RemotePlace {
  readonly kind: "remote";
  readonly length: number;
  /** Of a registry: its host and repository, as the user named them. */
  readonly from?: { readonly host: string; readonly repository: string };
  open(): AsyncIterable<Uint8Array>;
}

/** A layer as the manifest and config describe it, before any of it is read. */
export interface SourceLayer {
  /** The blob's digest; `undefined` if the archive does not give it. */
  readonly digest: Digest | undefined;
  readonly diffId: DiffId;
  /** Bytes of the blob as stored. */
  readonly storedSize: number;
  /** A blob described by a manifest is stored in registries as it is, compressed or not; an archive's plain tar is not. */
  readonly isDescribed: boolean;
  readonly mediaType: string;
  readonly createdBy: string;
  readonly place: BlobPlace;
  /** The blob's name in messages. */
  readonly label: string;
}

/** An image as its metadata describes it; every digest in the metadata is checked. */
export interface SourceImage {
  readonly name: string;
  /** The source of this image alone, if it was found in a list of a registry. */
  readonly source?: string | undefined;
  /** A choice that was made for the user, who is told. */
  readonly note?: string | undefined;
  /** The manifest's digest; the config's if the archive has no manifest. */
  readonly digest: Digest;
  readonly configDigest: Digest;
  readonly config: ImageConfig;
  readonly layers: readonly SourceLayer[];
  /** The bases that its manifest's annotations and its labels name; default: those of its labels. */
  readonly baseMentions?: readonly BaseMention[];
  /** Reads the configuration as it was written. */
  readConfig(): Promise<Uint8Array>;
  /** Reads the annotations of its manifest, if it has one. */
  readAnnotations?(): Promise<Readonly<Record<string, string>>>;
  /** Reads what comes with the image, if its source can have that. */
  readAttached?(): Promise<AttachedMaterial>;
  /** Lists the signatures of its digest, if its source can have any. */
  listSignatures?(): Promise<readonly AttachedSignature[]>;
}

/** One image of a source, or the reason why it cannot be opened: the others can still be scanned. */
export type FoundImage =
  | SourceImage
  | { readonly name: string; readonly source?: string | undefined; readonly fault: InputError };

/** The images of one source, opened one by one on demand: all metadata together would take too much memory. */
export interface FoundImages {
  /** Number of images, as far as known without opening them: an index may contain several. */
  readonly count: number;
  readonly images: AsyncIterable<FoundImage>;
}

/** The files of an image layout, in any form: a directory, a seekable tar, a stream that has been read, a registry. */
export interface BlobStore {
  /** Its name in messages and default image names. */
  readonly label: string;
  /**
   * A whole metadata file, `undefined` if there is none. `what`: a registry keeps manifests apart from other blobs. Throws
   * InputError over `MAX_METADATA_BYTES`.
   */
  read(path: string, what?: "manifest"): Promise<Uint8Array | undefined>;
  /** The manifests that refer to an image, in a store that has such a list. */
  listReferrers?(digest: Digest): Promise<readonly Descriptor[]>;
  /** The digest that a tag refers to, in a store with tags. */
  findTagged?(tag: string): Promise<Digest | undefined>;
  /** The source that reads one of its blobs as an SBOM. */
  sbomSource?(digest: Digest): string;
  /**
   * Place and length of a layer, following symlinks in an archive; `undefined` if there is none. `describedSize`: the length in its
   * descriptor, which a registry is not asked for.
   */
  locate(path: string, describedSize?: number): Promise<{ place: BlobPlace; byteCount: number } | undefined>;
}
