export { canonicalPurl, genericPurl } from "./canonical-purl.ts";
export { type Distribution, parseOsRelease } from "./os-release.ts";
export {
  alpmPurl,
  apkPurl,
  binaryPurl,
  cargoPurl,
  composerPurl,
  condaPurl,
  debPurl,
  gemPurl,
  golangPurl,
  javaRuntimePurl,
  mavenPurl,
  npmPurl,
  nugetPurl,
  pypiPurl,
  rpmPurl,
  toPypiName,
} from "./purl.ts";
