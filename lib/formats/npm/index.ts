export { type NpmDependency, type NpmManifest, parsePackageJson } from "./package-json.ts";
export {
  type PnpDependency,
  type PnpPackage,
  parsePnp,
  toRealLocation,
  versionOfReference,
  withoutVirtual,
} from "./pnp.ts";
export { extractPnpState } from "./pnp-state.ts";
export { matchesWorkspace } from "./workspace-pattern.ts";
