export { satisfiesPacmanVersion } from "./dependency.ts";
export { type PacmanPackage, parsePacmanDesc, parsePacmanFiles } from "./local-package.ts";
