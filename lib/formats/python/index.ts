export { parseEggRequires } from "./egg-requires.ts";
export { condenseRecord, parseInstalledFiles, parseRecord, parseTopLevel } from "./file-lists.ts";
export { evaluateMarker, type MarkerEnvironment, parseMarker } from "./marker.ts";
export { condenseMetadata, type PythonMetadata, parsePythonMetadata } from "./metadata.ts";
export { normaliseName } from "./name.ts";
export { type Pyvenv, parsePth, parsePyvenv } from "./pyvenv.ts";
export { type PythonRequirement, parseRequirement } from "./requirement.ts";
export { parseSpecifier, parseSpecifiers, satisfiesPython } from "./specifier.ts";
export { comparePythonVersions, formatPythonVersion, type PythonVersion, parsePythonVersion } from "./version.ts";
