export * from "./program-facts.ts";
export * from "./script-line.ts";
