export { decompress } from "./decompress.ts";
export * from "./limits.ts";
export { SNIFF_BYTES, sniffCompression, sniffStream } from "./sniff.ts";
