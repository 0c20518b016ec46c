import { enableCompileCache } from "node:module";

// A thread does not inherit the process' compile cache: without one, each strips the types of its thirty modules again.
enableCompileCache();
await import("./layer-worker.ts");
