export { DocumentBuilder } from "./document-builder.ts";
export { listOf, objectsOf, textOf, textsOf } from "./json-values.ts";
export { readOwnAnnotation, readOwnProperties } from "./own-facts.ts";
