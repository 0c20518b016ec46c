export { checkShape, isObject, parseBoundedJson } from "./bounded-json.ts";
