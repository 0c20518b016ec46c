export { type ApkDependency, parseWorld, satisfiesApkVersion } from "./dependency.ts";
export { type ApkPackage, parseInstalled } from "./installed.ts";
export { type ApkRecord, splitInstalled } from "./installed-records.ts";
export { compareApkVersions } from "./version.ts";
