export { type NpmManifest, parsePackageJson } from "./package-json.ts";
