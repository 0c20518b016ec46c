export { isObject, type JsonLimits, parseBoundedJson } from "./bounded-json.ts";
export { readJsonDocument, readJsonObject } from "./read-document.ts";
