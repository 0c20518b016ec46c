export { checkShape, parseBoundedJson } from "./bounded-json.ts";
