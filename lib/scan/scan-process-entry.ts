import { enableCompileCache } from "node:module";

// The process that scans starts while a person waits: without the cache it strips the types of a hundred modules each time.
enableCompileCache();
await import("./scan-process.ts");
