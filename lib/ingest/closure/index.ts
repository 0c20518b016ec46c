export type { LiveInput } from "./build-closure.ts";
export { ingestStore } from "./ingest-store.ts";
