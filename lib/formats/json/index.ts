export { checkShape, isObject, type JsonLimits, parseBoundedJson } from "./bounded-json.ts";
