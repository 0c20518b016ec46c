export { type Distribution, parseOsRelease } from "./os-release.ts";
export { apkPurl, debPurl, npmPurl } from "./purl.ts";
