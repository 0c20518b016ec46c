export { NarEncoder } from "./nar-encoder.ts";
export { parseNarHash } from "./nar-hash.ts";
