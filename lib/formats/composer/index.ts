export { type ComposerPackage, parseInstalledJson } from "./installed-json.ts";
export { parseComposerJson } from "./project.ts";
