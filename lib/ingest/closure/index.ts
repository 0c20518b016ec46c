export { buildClosureGraph, type ClosureItems, closureDigest, type LiveInput, sumNarSizes } from "./build-closure.ts";
export { type IngestStoreOptions, ingestStore } from "./ingest-store.ts";
