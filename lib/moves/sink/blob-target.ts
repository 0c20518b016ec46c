import type { Digest } from "#lib/model/digest.ts";
import type { RemotePlace } from "#lib/sources/images/source-image.ts";
import type { StoredManifest } from "./image-sink.ts";

/** A blob as a descriptor has it. */
export interface Blob {
  readonly digest: Digest;
  /** Bytes as stored. */
  readonly size: number;
}

/** A manifest under a name. */
export interface NamedManifest {
  readonly name: string;
  readonly manifest: StoredManifest;
}

/** One kind of place that images are written to. Nothing there is an image before `commit`. */
export interface BlobTarget {
  /** A folder for unfinished files. */
  readonly workDir: string;
  /** The target in messages, as the user wrote it. */
  readonly shown: string;
  /** Stores a blob. `open` may be called again after a failure; what it opens throws if it is not the blob's bytes. */
  copy(blob: Blob, open: () => AsyncIterable<Uint8Array>, from?: RemotePlace["from"]): Promise<void>;
  /** Stores a finished file of `workDir`, and takes it away from there. */
  take(blob: Blob, file: string): Promise<void>;
  /** Stores a manifest or an index. */
  putManifest(manifest: StoredManifest, bytes: Uint8Array): Promise<void>;
  /** The name that an image gets there. Throws UsageError if another image has it. */
  claimName(name: string): string;
  /** Makes the images visible, all at once. */
  commit(named: readonly NamedManifest[]): Promise<void>;
  /** Removes what is not finished, and ends connections. */
  close(): Promise<void>;
}
