import type { NarFile } from "#lib/model/path-info.ts";

/** Compressed NARs of a store's items, in place of a directory with the items. */
export interface ItemArchives {
  /**
   * The bytes of one, as stored. Throws InputError (`missing-target`) if it is not there; it and the stream throw UnreachableError
   * if the cache cannot be reached any more.
   */
  open(file: NarFile): Promise<AsyncIterable<Uint8Array>>;
  /** Ends all connections. */
  close(): Promise<void>;
}
