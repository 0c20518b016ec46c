export { type ArchiveFacts, readArchiveFacts } from "./archive-facts.ts";
export type { Coordinates } from "./coordinates.ts";
export { type ArchiveIdentity, identifyArchive } from "./identify-archive.ts";
export { type JavaRelease, parseJavaRelease } from "./java-release.ts";
export { parsePom } from "./pom.ts";
export { condenseArchive, isJavaArchive } from "./read-archive.ts";
