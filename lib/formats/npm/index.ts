export { type NpmDependency, type NpmManifest, parsePackageJson } from "./package-json.ts";
export { matchesWorkspace } from "./workspace-pattern.ts";
