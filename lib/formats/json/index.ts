export { type JsonLimits, MAX_JSON_BYTES, MAX_JSON_DEPTH, parseBoundedJson } from "./bounded-json.ts";
