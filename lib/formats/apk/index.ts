export { type ApkDependency, parseDependency, parseWorld, satisfiesApkVersion } from "./dependency.ts";
export { type ApkPackage, parseInstalled } from "./installed.ts";
export { compareApkVersions } from "./version.ts";
