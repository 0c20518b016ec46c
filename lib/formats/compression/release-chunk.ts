import { OUTPUT_CHUNK_BYTES } from "./limits.ts";

/**
 * Returns a decoder's chunk at once instead of leaving dozens to the garbage collector: the next chunk then uses the same memory,
 * warm and without a page fault. A decoder of Node fills a buffer before it takes another, and by then all views of it but the
 * last are spent; that of xz takes one for each chunk. For a caller that keeps no view of the chunk.
 */
export function releaseChunk({ buffer, byteOffset, byteLength }: Uint8Array): void {
  const isLast = byteOffset + byteLength === buffer.byteLength;
  const isWhole = buffer.byteLength === OUTPUT_CHUNK_BYTES || byteOffset === 0;
  if (isLast && isWhole && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
