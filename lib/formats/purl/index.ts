export { canonicalPurl, genericPurl } from "./canonical-purl.ts";
export { type Distribution, parseOsRelease } from "./os-release.ts";
export { apkPurl, binaryPurl, debPurl, npmPurl, pypiPurl, rpmPurl, toPypiName } from "./purl.ts";
