export { type NpmDependency, type NpmManifest, parsePackageJson } from "./package-json.ts";
