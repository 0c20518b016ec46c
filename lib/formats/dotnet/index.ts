export { type DotnetLibrary, parseDepsJson } from "./deps-json.ts";
export { parseRuntimeConfig } from "./runtime-config.ts";
export { compareDotnetVersions, rollForward } from "./version.ts";
