/** Random-access bytes: a file or memory. Reading is synchronous, since a walk asks for a page in the middle. */
export interface ByteSource {
  readonly length: number;
  /** Fills `into` with the bytes from `at`; returns the number read. */
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
