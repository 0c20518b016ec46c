export { isObject, type JsonLimits, parseBoundedJson } from "./bounded-json.ts";
export { checkJson } from "./check-json.ts";
export { readJsonDocument, readJsonObject } from "./read-document.ts";
export { boundedList, countField, entriesField, numberField, objectOf, optionalList, recordOf } from "./schemas.ts";
