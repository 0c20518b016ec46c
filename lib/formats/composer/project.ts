import { type Fault, FaultList } from "#lib/model/fault.ts";
import { isObject } from "../json/index.ts";
import { type ComposerLink, isPackageName, MAX_COMPOSER_TEXT, readJson, readLinks } from "./read-json.ts";

/** A project of Composer, as its composer.json describes it. */
export interface ComposerProject {
  /** VENDOR/NAME in lower case; "" if it has none, as an application may. */
  readonly name: string;
  /** "" if it has none: versions are usually those of its repository. */
  readonly version: string;
  readonly requires: readonly ComposerLink[];
  /** What it asks for to be developed: if it is there, it was installed on request, too. */
  readonly devRequires: readonly ComposerLink[];
}

/** Parses a project's composer.json. `undefined` if it is not a JSON object. */
export function parseComposerJson(body: Uint8Array): { value: ComposerProject | undefined; problems: Fault[] } {
  const faults = new FaultList();
  const json = readJson(body, faults);
  if (!isObject(json)) {
    if (faults.found.length === 0) faults.add("is not a JSON object", "bad-json");
    return { value: undefined, problems: faults.found };
  }
  const { name, version } = json;
  const value = {
    name: isPackageName(name) ? name.toLowerCase() : "",
    version: typeof version === "string" && version.length <= MAX_COMPOSER_TEXT ? version.trim() : "",
    requires: readLinks(json.require, faults),
    devRequires: readLinks(json["require-dev"], faults),
  };
  return { value, problems: faults.found };
}
