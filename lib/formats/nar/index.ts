export type { ItemFile, ItemSink } from "./item-sink.ts";
export { NarEncoder } from "./nar-encoder.ts";
export { parseNarHash } from "./nar-hash.ts";
export { NarParser } from "./nar-parser.ts";
