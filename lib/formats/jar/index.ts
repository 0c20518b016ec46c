export { type ArchiveFacts, readArchiveFacts, unreadArchiveFacts } from "./archive-facts.ts";
export type { Coordinates } from "./coordinates.ts";
export { type ArchiveIdentity, identifyArchive } from "./identify-archive.ts";
export { type JavaRelease, parseJavaRelease } from "./java-release.ts";
export { parsePom } from "./pom.ts";
export { condenseArchive, isJavaArchive, MAX_INFLATED_BYTES } from "./read-archive.ts";
