import { enableCompileCache } from "node:module";

// The user waits while the scanning process starts: without the cache it strips the types of a hundred modules each time.
enableCompileCache();
await import("./scan-process.ts");
