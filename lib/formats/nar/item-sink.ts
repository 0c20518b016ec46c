export interface ItemFile {
  /** For its owner: the only permission in a NAR. */
  readonly executable: boolean;
  readonly byteCount: number;
}

/**
 * The events of walking a store item, in the order of its NAR: names of a directory by ascending bytes. Paths are inside the
 * item, as raw bytes; the item itself is "".
 */
export interface ItemSink {
  /** A directory; its contents follow, then `endDirectory`. */
  directory(path: Uint8Array): void;
  endDirectory(): void;
  symlink(path: Uint8Array, target: Uint8Array): void;
  /** A regular file; its bytes follow through `room` and `filled`, then `endFile`. */
  file(path: Uint8Array, file: ItemFile): void;
  /** The buffer for the file's next bytes: at least one byte long, and at most `byteCount`. */
  room(byteCount: number): Uint8Array;
  filled(byteCount: number): void;
  endFile(): void;
}
