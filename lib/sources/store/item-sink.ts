export interface ItemFile {
  /** By its owner: the one permission that a NAR keeps. */
  readonly executable: boolean;
  readonly byteCount: number;
}

/**
 * What is told of a store item as it is walked, in the order of its NAR: names of a directory by ascending bytes. Paths are
 * inside the item, their bytes as they are; the item itself is "".
 */
export interface ItemSink {
  /** A directory; all that is in it follows, then `endDirectory`. */
  directory(path: Uint8Array): void;
  endDirectory(): void;
  symlink(path: Uint8Array, target: Uint8Array): void;
  /** A regular file; its bytes follow through `room` and `filled`, then `endFile`. */
  file(path: Uint8Array, file: ItemFile): void;
  /** Where the next bytes of the file belong: at least one, and at most `byteCount`. */
  room(byteCount: number): Uint8Array;
  filled(byteCount: number): void;
  endFile(): void;
}
