export type { LiveInput } from "./build-closure.ts";
export { readClosureFiles } from "./closure-files.ts";
export { type IngestedStore, ingestStore } from "./ingest-store.ts";
