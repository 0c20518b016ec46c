export { isCondensed } from "./condensed.ts";
export { condenseRpmDatabase, parseRpmDatabase, type RpmDatabase } from "./database.ts";
export { formatRpmDependency, type RpmDependency, satisfiesRpm } from "./dependency.ts";
export { parseDnfHistory } from "./dnf-history.ts";
export { parseAutoInstalled, parseDnfState } from "./install-marks.ts";
export type { RpmPackage } from "./package.ts";
export { isOperation, parseRich, type RichDependency, type RichOperation } from "./rich.ts";
