export { BLOCK_BYTES } from "./header.ts";
export * from "./limits.ts";
export { type TarEntry, TarParser, type TarSink } from "./parser.ts";
export { type NormalPath, normalisePath, toPlace } from "./path.ts";
