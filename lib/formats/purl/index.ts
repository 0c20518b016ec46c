export { canonicalPurl, genericPurl } from "./canonical-purl.ts";
export { type Distribution, parseOsRelease } from "./os-release.ts";
export { apkPurl, debPurl, npmPurl, rpmPurl } from "./purl.ts";
