export { parseExtendedStates } from "./extended-states.ts";
export { type Diversion, parseConffiles, parseDiversions, parseFileList, parseMd5sums } from "./file-lists.ts";
export { type Alternative, type Clause, parseRelations, satisfiesVersion } from "./relations.ts";
export { type DebPackage, type MultiArch, parseStatus } from "./status.ts";
export { compareDebRecords, type DebRecord, splitStatusSides } from "./status-records.ts";
export { findMinimumVersion, type MinimumVersion } from "./symbols-file.ts";
export { compareDebVersions } from "./version.ts";
