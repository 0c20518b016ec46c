export { type ComposerPackage, parseInstalledJson } from "./installed-json.ts";
export { type ComposerProject, parseComposerJson } from "./project.ts";
