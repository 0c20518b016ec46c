import type { DiffId, Digest } from "#lib/model/digest.ts";
import type { StoredManifest } from "./image-sink.ts";

/** A blob with what identifies it. */
export interface Blob {
  readonly digest: Digest;
  readonly size: number;
}

/** A manifest under a name. */
export interface NamedManifest {
  readonly name: string;
  readonly manifest: StoredManifest;
}

/** One kind of place that images are written to. Nothing in it is an image before `commit`. */
export interface BlobTarget {
  /** A folder for unfinished files, removed with all that is left in it at the end. */
  readonly workDir: string;
  /** Stores a blob whose bytes are checked while they are read. Repositories of `from` may be mounted instead. */
  copy(blob: Blob, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Stores a finished file of `workDir`, and takes it away from there. */
  take(blob: Blob, file: string): Promise<void>;
  /** Stores a manifest or an index. */
  putManifest(manifest: StoredManifest, bytes: Uint8Array): Promise<void>;
  /** The name under which an image will be found. Throws UsageError if it is taken. */
  checkName(name: string): string;
  /** Makes the images visible, all at once. */
  commit(named: readonly NamedManifest[]): Promise<void>;
}

/** A compressed layer in a file. */
export interface LayerFile extends Blob {
  readonly file: string;
  readonly diffId: DiffId;
}
