import type { ImageConfig } from "#lib/formats/oci/index.ts";
import type { DiffId, Digest } from "#lib/model/digest.ts";
import type { InputError } from "#lib/model/problem.ts";

/**
 * Where a layer's bytes are: in a range of a file that can be read again; on another machine, fetched when they are read; or in
 * a member of a stream that has been read already.
 */
export type BlobPlace =
  | { readonly kind: "range"; readonly file: string; readonly offset: number; readonly length: number }
  | { readonly kind: "remote"; readonly length: number; open(): AsyncIterable<Uint8Array> }
  | { readonly kind: "passed"; readonly member: string };

/** A layer as the manifest and config describe it, before a byte of it is read. */
export interface SourceLayer {
  /** The blob's digest; `undefined` where the archive does not tell. */
  readonly digest: Digest | undefined;
  readonly diffId: DiffId;
  /** Bytes of the blob where it stands. */
  readonly storedSize: number;
  /** Where a manifest describes this very blob, it is what a registry stores, compressed or not; an archive's plain tar is not. */
  readonly isDescribed: boolean;
  readonly mediaType: string;
  readonly createdBy: string;
  readonly place: BlobPlace;
  /** How messages name the blob. */
  readonly label: string;
}

/** An image as its metadata describes it; every digest in it was checked against its bytes. */
export interface SourceImage {
  readonly name: string;
  /** The manifest's digest; the config's where the archive has no manifest. */
  readonly digest: Digest;
  readonly configDigest: Digest;
  readonly config: ImageConfig;
  readonly layers: readonly SourceLayer[];
}

/** One image of a source, or why there is none under that name: the others can still be scanned. */
export type FoundImage = SourceImage | { readonly name: string; readonly fault: InputError };

/** The images of one source, opened one by one as they are asked for: the metadata of all would be too much to hold. */
export interface FoundImages {
  /** How many there are, as far as the source says without opening them: an index may lead to several. */
  readonly count: number;
  readonly images: AsyncIterable<FoundImage>;
}

/** The files of an image layout, wherever they are: a directory, a tar that can be read anywhere, a stream gone by. */
export interface BlobStore {
  /** How messages and default names call it. */
  readonly label: string;
  /** A metadata file whole, `undefined` when there is none. Throws InputError over `MAX_METADATA_BYTES`. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Where a layer stands and its length, symlinks in an archive followed; `undefined` when there is none. */
  locate(path: string): Promise<{ place: BlobPlace; byteCount: number } | undefined>;
}
