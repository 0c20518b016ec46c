import { enableCompileCache } from "node:module";

// The user waits while the process starts: without the cache it strips the types of a hundred modules each time.
enableCompileCache();
await import("./relayer-process.ts");
