export { encodeHeader, endBlocks, padding, sealBlock, type TarMember } from "./encode-header.ts";
export { BLOCK_BYTES, Typeflag } from "./header.ts";
export * from "./limits.ts";
export { TarParser } from "./parser.ts";
export { normalisePath, toPlace } from "./path.ts";
export { listPaxRecords } from "./pax.ts";
export { rewriteHead } from "./rewrite-head.ts";
export type { RawPart, TarEntry, TarSink } from "./sink.ts";
