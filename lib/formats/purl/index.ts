export { canonicalPurl, genericPurl } from "./canonical-purl.ts";
export { type Distribution, parseOsRelease } from "./os-release.ts";
export { apkPurl, binaryPurl, condaPurl, debPurl, npmPurl, pypiPurl, rpmPurl, toPypiName } from "./purl.ts";
