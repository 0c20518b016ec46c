export { parseExtendedStates } from "./extended-states.ts";
export { type Diversion, parseConffiles, parseDiversions, parseFileList, parseMd5sums } from "./file-lists.ts";
export { type Alternative, type Clause, satisfiesVersion } from "./relations.ts";
export { type DebPackage, type MultiArch, parseStatus } from "./status.ts";
