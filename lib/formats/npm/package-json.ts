import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { isObject, readJsonObject } from "../json/index.ts";

/** A package.json longer than this is not read, in bytes. The registry's largest are about 1 MiB, nearly all below 10 KiB. */
export const MAX_PACKAGE_JSON_BYTES = 4 * 1024 * 1024;
/** Values and names in one package.json: those of the registry have a few thousand at most. */
export const MAX_JSON_VALUES = 100_000;
/** Names in the dependency fields of one package.json together, and as many in `devDependencies`. */
export const MAX_DEPENDENCIES = 10_000;
/** Patterns in `workspaces`: the largest repositories list each of some hundred directories. */
export const MAX_WORKSPACES = 1000;
/** UTF-16 units of a pattern in `workspaces`. */
export const MAX_WORKSPACE_LENGTH = 1024;
/** UTF-16 units: the registry's limit (package.json documentation, "name"). */
export const MAX_NAME_LENGTH = 214;
/** UTF-16 units of a version, and of a range when shown. */
export const MAX_VERSION_LENGTH = 256;

type Field = "dependencies" | "optionalDependencies" | "peerDependencies" | "devDependencies";
const FIELDS: readonly Field[] = ["dependencies", "optionalDependencies", "peerDependencies"];

export interface NpmDependency {
  readonly field: Field;
  /** The name to look up in a node_modules; for an alias (`"a": "npm:b@1"`) that is `a`, not the package's own name. */
  readonly name: string;
  /** As written: a range, a tag, a URL. Shown, never compared: Node does not compare it either. */
  readonly range: string;
}

export interface NpmManifest {
  /** "" if the file has none, as a project's own may. */
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly NpmDependency[];
  /** Those with valid names: they are installed only for a project of one's own. */
  readonly devDependencies: readonly NpmDependency[];
  /** Patterns of directories, relative to the project's (npm documentation, "workspaces"). */
  readonly workspaces: readonly string[];
}

// A valid name is one directory, or two if the first starts with "@": it cannot lead elsewhere.
const NAME = /^(?:@[^/@\s\\][^/\s\\]*\/)?[^/@.\s\\][^/\s\\]*$/;

/**
 * Parses the parts of a package.json that package detection needs. `value` is `undefined` if the file is not a JSON object or its
 * name is invalid; invalid dependencies are reported in one fault and left out.
 */
export function parsePackageJson(body: Uint8Array): { value: NpmManifest | undefined; problems: Fault[] } {
  const faults = new FaultList();
  const json = readJsonObject(body, { maxBytes: MAX_PACKAGE_JSON_BYTES, maxValues: MAX_JSON_VALUES }, faults);
  const value = json === undefined ? undefined : toManifest(json, faults);
  return { value, problems: faults.found };
}

function toManifest(json: Record<string, unknown>, faults: FaultList): NpmManifest | undefined {
  const name = json.name ?? "";
  if (typeof name !== "string" || (name !== "" && !isPackageName(name))) {
    faults.add(`has a bad name: ${quote(JSON.stringify(name))}`, "bad-json");
    return undefined;
  }
  return {
    name,
    version: toVersion(json.version),
    dependencies: toDependencies(json, faults),
    devDependencies: toDevDependencies(json, faults),
    workspaces: toWorkspaces(json, faults),
  };
}

function toVersion(version: unknown): string {
  return typeof version === "string" && version.length <= MAX_VERSION_LENGTH ? version.trim() : "";
}

/** An optional dependency overrides the ordinary one of its name (package.json documentation, "optionalDependencies"). */
function toDependencies(json: Record<string, unknown>, faults: FaultList): NpmDependency[] {
  const found = new Map<string, NpmDependency>();
  const bad: string[] = [];
  for (const field of FIELDS) {
    const names = json[field];
    if (!isObject(names)) continue;
    for (const [name, range] of Object.entries(names)) {
      if (found.size === MAX_DEPENDENCIES) {
        faults.addLimit("dependencies", MAX_DEPENDENCIES);
        return [...found.values()];
      }
      if (!isPackageName(name)) bad.push(name);
      else if (field !== "peerDependencies" || !found.has(name))
        found.set(name, { field, name, range: toRange(range) });
    }
  }
  if (bad.length > 0) faults.add(`has ${bad.length} invalid dependency names, first ${quote(bad[0]!)}`);
  return [...found.values()];
}

/** Invalid names are no problem here: an installed package does not need them. */
function toDevDependencies({ devDependencies }: Record<string, unknown>, faults: FaultList): NpmDependency[] {
  if (!isObject(devDependencies)) return [];
  const found = Object.entries(devDependencies).filter(([name]) => isPackageName(name));
  if (found.length > MAX_DEPENDENCIES) faults.addLimit("dev dependencies", MAX_DEPENDENCIES);
  return found
    .slice(0, MAX_DEPENDENCIES)
    .map(([name, range]) => ({ field: "devDependencies", name, range: toRange(range) }));
}

/** A list, or for Yarn 1 an object with one in `packages`. */
function toWorkspaces({ workspaces }: Record<string, unknown>, faults: FaultList): string[] {
  const list: unknown = isObject(workspaces) ? workspaces.packages : workspaces;
  if (!Array.isArray(list)) return [];
  if (list.length > MAX_WORKSPACES) faults.addLimit("workspaces", MAX_WORKSPACES);
  const patterns = list.slice(0, MAX_WORKSPACES);
  return patterns.filter((each) => typeof each === "string" && each.length <= MAX_WORKSPACE_LENGTH);
}

function toRange(range: unknown): string {
  return typeof range === "string" ? range.slice(0, MAX_VERSION_LENGTH) : "";
}

export function isPackageName(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && NAME.test(name);
}
