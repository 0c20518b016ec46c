export { decompress, isStreamCompression, STREAM_COMPRESSIONS, type StreamCompression } from "./decompress.ts";
export * from "./limits.ts";
export { releaseChunk } from "./release-chunk.ts";
export { SNIFF_BYTES, sniffCompression, sniffStream } from "./sniff.ts";
