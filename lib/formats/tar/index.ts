export * from "./encode-header.ts";
export { BLOCK_BYTES, Typeflag } from "./header.ts";
export * from "./limits.ts";
export { TarParser } from "./parser.ts";
export { normalisePath, toPlace } from "./path.ts";
export type { TarEntry, TarSink } from "./sink.ts";
