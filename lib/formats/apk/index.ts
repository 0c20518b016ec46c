export { type ApkDependency, parseWorld, satisfiesApkVersion } from "./dependency.ts";
export { type ApkPackage, parseInstalled } from "./installed.ts";
