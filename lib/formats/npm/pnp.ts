import { type Fault, FaultList } from "#lib/model/fault.ts";
import { isObject, readJsonDocument } from "../json/index.ts";
import { isPackageName, MAX_VERSION_LENGTH } from "./package-json.ts";
import { MAX_PNP_BYTES } from "./pnp-state.ts";

/** Values and names in it. */
export const MAX_PNP_VALUES = 400_000;
/** Packages in it. */
export const MAX_PNP_PACKAGES = 50_000;
/** UTF-16 units of a name, a reference and a location. */
export const MAX_PNP_TEXT = 4096;

/** A package of a Plug'n'Play installation (Yarn documentation, "PnP Specification"). */
export interface PnpPackage {
  /** "" for the project itself, beside its workspace of the same location. */
  readonly name: string;
  /** What the name means in this installation: `npm:1.0.0`, `workspace:packages/a`. With the name it is unique. */
  readonly reference: string;
  /** A directory, relative to the project's, possibly in an archive: `./.yarn/cache/a.zip/node_modules/a/`. */
  readonly location: string;
  readonly dependencies: readonly PnpDependency[];
}

export interface PnpDependency {
  /** As the package imports it. */
  readonly alias: string;
  readonly name: string;
  readonly reference: string;
}

/** Parses the data of a Plug'n'Play installation. Entries of a wrong form are left out, and reported in one fault. */
export function parsePnp(body: Uint8Array): { value: PnpPackage[]; problems: Fault[] } {
  const faults = new FaultList();
  const json = readJsonDocument(body, { maxBytes: MAX_PNP_BYTES, maxValues: MAX_PNP_VALUES }, faults);
  const registry = isObject(json) ? json.packageRegistryData : undefined;
  if (!Array.isArray(registry)) {
    if (faults.found.length === 0) faults.add("has no packages of Plug'n'Play", "bad-json");
    return { value: [], problems: faults.found };
  }
  return { value: readRegistry(registry, faults), problems: faults.found };
}

/** Pairs of a name and pairs of a reference and a package; the project's own name and reference are null. */
function readRegistry(registry: readonly unknown[], faults: FaultList): PnpPackage[] {
  const packages: PnpPackage[] = [];
  let badCount = 0;
  for (const [name, versions] of registry.filter(Array.isArray)) {
    for (const version of Array.isArray(versions) ? versions : []) {
      const found = Array.isArray(version) ? toPackage(name ?? "", version[0] ?? "", version[1]) : undefined;
      if (found === undefined) badCount++;
      else if (packages.push(found) > MAX_PNP_PACKAGES) {
        faults.addLimit("packages", MAX_PNP_PACKAGES);
        return packages.slice(0, -1);
      }
    }
  }
  if (badCount > 0) faults.add(`has ${badCount} invalid packages of Plug'n'Play`, "bad-json");
  return packages;
}

function toPackage(name: unknown, reference: unknown, json: unknown): PnpPackage | undefined {
  if (!isObject(json)) return undefined;
  const { packageLocation: location, packageDependencies: listed } = json;
  if (!isText(name) || (name !== "" && !isPackageName(name)) || !isText(reference) || !isText(location))
    return undefined;
  const dependencies = Array.isArray(listed) ? listed.map(toDependency) : [];
  return { name, reference, location, dependencies: dependencies.filter((each) => each !== undefined) };
}

/** A pair of a name and its reference, of which null is a peer that is not there; for an alias, the pair that it means. */
function toDependency(json: unknown): PnpDependency | undefined {
  if (!Array.isArray(json)) return undefined;
  const [alias, target] = json as unknown[];
  const [name, reference] = Array.isArray(target) ? (target as unknown[]) : [alias, target];
  return isText(alias) && isText(name) && isText(reference) ? { alias, name, reference } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_PNP_TEXT;
}

/**
 * The version in a reference, "" if it names none: of `npm:1.0.0`, of `virtual:HASH#npm:1.0.0`, and of a patch, which says it again
 * (`patch:a@npm%3A1.0.0#...::version=1.0.0&hash=...`).
 */
export function versionOfReference(reference: string): string {
  const plain = withoutVirtual(reference);
  const found = /^npm:([^@:#]+)$/.exec(plain) ?? /^patch:[^#]*#.*::.*\bversion=([^&]+)/.exec(plain);
  return found === null || found[1]!.length > MAX_VERSION_LENGTH ? "" : found[1]!;
}

/** `virtual:HASH#npm:1.0.0` → `npm:1.0.0`: one package with other peers is virtually another one. */
export function withoutVirtual(reference: string): string {
  return reference.startsWith("virtual:") ? reference.slice(reference.indexOf("#") + 1) : reference;
}

const VIRTUAL = /^(.*\/|)(?:__virtual__|\$\$virtual)\/[^/]+\/(\d{1,3})\/(.*)$/;

/** The real path of a virtual one: `A/B/__virtual__/HASH/1/C` is `A/C`, so many directories up. Others are unchanged. */
export function toRealLocation(location: string): string {
  const [, before, levels = "0", after] = VIRTUAL.exec(location) ?? [];
  return before === undefined ? location : `${before}${"../".repeat(Number(levels))}${after}`;
}
