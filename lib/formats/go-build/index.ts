export * from "./go-blob.ts";
export * from "./module-info.ts";
