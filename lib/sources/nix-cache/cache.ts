/** The files of a binary cache. */
export interface BinaryCache {
  /** The bytes of `HASH.narinfo`; `undefined` if the cache does not have it. */
  readNarInfo(hashPart: string): Promise<Uint8Array | undefined>;
  /** A file that a narinfo names. Throws as `ItemArchives.open` does. */
  openFile(url: string): Promise<AsyncIterable<Uint8Array>>;
  /** Ends all connections. */
  close(): Promise<void>;
}
