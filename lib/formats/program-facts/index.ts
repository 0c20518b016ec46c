export * from "#lib/model/program-facts.ts";
export * from "./script-line.ts";
