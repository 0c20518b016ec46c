export { type Distribution, MAX_OS_RELEASE_LENGTH, parseOsRelease } from "./os-release.ts";
export { apkPurl, debPurl, npmPurl } from "./purl.ts";
