import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { isObject } from "../json/index.ts";
import { type ComposerLink, isPackageName, MAX_COMPOSER_TEXT, readJson, readLinks } from "./read-json.ts";

/** Packages in one `vendor`. */
export const MAX_COMPOSER_PACKAGES = 20_000;
/** UTF-16 units of a package's directory. */
export const MAX_INSTALL_PATH = 4096;

export interface ComposerPackage {
  /** VENDOR/NAME in lower case. */
  readonly name: string;
  readonly version: string;
  /** Its directory as seen from `vendor/composer`; "" for a package without files (a metapackage). */
  readonly installPath: string;
  readonly requires: readonly ComposerLink[];
  /** Names that it provides or replaces. */
  readonly provides: readonly string[];
}

/** Parses `vendor/composer/installed.json`: of Composer 2 an object, of Composer 1 the list in it, without directories. */
export function parseInstalledJson(body: Uint8Array): { value: ComposerPackage[]; problems: Fault[] } {
  const faults = new FaultList();
  const json = readJson(body, faults);
  const list = isObject(json) ? json.packages : json;
  if (Array.isArray(list)) return { value: toPackages(list, faults), problems: faults.found };
  if (faults.found.length === 0) faults.add("has no list of packages", "bad-json");
  return { value: [], problems: faults.found };
}

function toPackages(list: readonly unknown[], faults: FaultList): ComposerPackage[] {
  if (list.length > MAX_COMPOSER_PACKAGES) faults.addLimit("packages", MAX_COMPOSER_PACKAGES);
  const packages = list.slice(0, MAX_COMPOSER_PACKAGES).map((json) => toPackage(json, faults));
  return packages.filter((each) => each !== undefined);
}

function toPackage(json: unknown, faults: FaultList): ComposerPackage | undefined {
  if (!isObject(json) || !isPackageName(json.name)) {
    faults.add(
      () => `has a package without a valid name: ${quote(JSON.stringify(isObject(json) ? json.name : json) ?? "")}`,
      "bad-json",
    );
    return undefined;
  }
  const { version } = json;
  const given = [json.provide, json.replace].flatMap((each) => readLinks(each, faults));
  return {
    name: json.name.toLowerCase(),
    version: typeof version === "string" && version.length <= MAX_COMPOSER_TEXT ? version.trim() : "",
    installPath: toInstallPath(json),
    requires: readLinks(json.require, faults),
    provides: given.map(({ name }) => name),
  };
}

/** Composer 1 wrote no path, and had one place for each package. */
function toInstallPath({ name, type, "install-path": path }: Record<string, unknown>): string {
  if (type === "metapackage" || path === null) return "";
  if (typeof path === "string") return path.length <= MAX_INSTALL_PATH ? path : "";
  return `../${name}`;
}
