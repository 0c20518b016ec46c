export * from "./derivation.ts";
export * from "./hash-part-scanner.ts";
export * from "./reference-table.ts";
