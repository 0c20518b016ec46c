export { parseBoundedJson } from "./bounded-json.ts";
