export { fullNameOf, type GemDependency, type Gemspec, parseGemspec } from "./gemspec.ts";
export { type LockedGem, parseLockfile } from "./lockfile.ts";
export { toGemTest } from "./requirement.ts";
export { compareGemVersions, type GemVersion, toGemVersion } from "./version.ts";
