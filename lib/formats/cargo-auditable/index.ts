export * from "./crate-list.ts";
export * from "./parse-crates.ts";
