/** Bytes that can be read anywhere: a file or memory. Reading is synchronous, since a page is asked for in the middle of a walk. */
export interface ByteSource {
  readonly length: number;
  /** Fills `into` with the bytes from `at` on; returns how many there were. */
  read(at: number, into: Uint8Array): number;
}

/** Bytes in memory as a source. */
export function bytesAsSource(bytes: Uint8Array): ByteSource {
  return {
    length: bytes.length,
    read(at, into) {
      const there = bytes.subarray(at, at + into.length);
      into.set(there);
      return there.length;
    },
  };
}
