import { isDeepStrictEqual } from "node:util";
import { isObject } from "#lib/formats/json/index.ts";
import { parseImageConfig } from "#lib/formats/oci/index.ts";
import {
  type MergedSetting,
  mergeNamed,
  mergeSetting,
  mergeVariable,
  type Setting,
  type SettingKind,
  type ThreeWay,
} from "./merge-settings.ts";
import type { MovedConfig } from "./sides.ts";

type Members = Readonly<Record<string, Setting>>;

/** The merged configuration, and every setting that it has from somewhere. */
export interface MergedConfiguration {
  readonly json: Members;
  readonly settings: readonly MergedSetting[];
}

/** What the platform says is the new base's. */
const OF_BASE = new Set(["architecture", "os", "variant", "os.version", "os.features"]);
/** They follow from the layers. */
const OF_LAYERS = new Set(["rootfs", "history"]);
const NAMED: Readonly<Record<string, SettingKind>> = { Labels: "label", ExposedPorts: "port", Volumes: "volume" };

/**
 * Merges three configurations: what is equal to the old base's becomes the new base's, what was set above it stays. Members that nobody
 * knows merge whole. `rootfs` and `history` are left as the image has them.
 */
export function mergeConfiguration(sides: ThreeWay<MovedConfig>): MergedConfiguration {
  const whole = mapSides(sides, ({ json }) => json);
  const inner = mapSides(whole, ({ config }) => (isObject(config) ? config : {}));
  const settings = namesOf(inner).flatMap((name) => mergeMember(name, inner));
  const outer = namesOf(whole)
    .filter((name) => name !== "config" && name !== "created" && !OF_BASE.has(name) && !OF_LAYERS.has(name))
    .map((name) => mergeSetting("", name, atName(whole, name)));
  const json = { ...whole.image, ...toMembers(outer), ...pick(whole.newBase, OF_BASE), config: toConfig(settings) };
  return { json: withoutUnset(json), settings: [...settings, ...outer] };
}

/** The same as `RebaseSides` has it, with the layers of the result. */
export function toMergedConfig(sides: ThreeWay<MovedConfig>, diffIds: readonly string[]): MovedConfig {
  const json = { ...mergeConfiguration(sides).json, rootfs: { type: "layers", diff_ids: diffIds } };
  return { json, parsed: parseImageConfig(Buffer.from(JSON.stringify(json)), "config") };
}

function mergeMember(name: string, inner: ThreeWay<Members>): MergedSetting[] {
  const sides = atName(inner, name);
  if (name === "Env") return [...mergeNamed("variable", mapSides(sides, toVariables), mergeVariable).values()];
  const kind = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  if (kind !== undefined) return [...mergeNamed(kind, mapSides(sides, toMap)).values()];
  const merged = mergeSetting("", name, sides);
  // A build that sets the entry point forgets the base's command.
  const isReset = name === "Cmd" && isSetAbove(atName(inner, "Entrypoint")) && merged.outcome === "taken";
  return [isReset ? { ...merged, merged: merged.image, outcome: "kept" } : merged];
}

function isSetAbove({ oldBase, image }: ThreeWay<Setting>): boolean {
  return !isDeepStrictEqual(oldBase, image);
}

function toConfig(settings: readonly MergedSetting[]): Members {
  const of = (kind: SettingKind) => settings.filter((each) => each.kind === kind && each.merged !== undefined);
  const named = Object.entries(NAMED).map(([member, kind]) => [member, toMembers(of(kind))] as const);
  const env = of("variable").map(({ name, merged }) => `${name}=${merged}`);
  const all: Members = { ...toMembers(of("")), ...Object.fromEntries(named), Env: env };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => orUnset(value) !== undefined));
}

function toMembers(settings: readonly MergedSetting[]): Members {
  return Object.fromEntries(settings.map(({ name, merged }) => [name, merged]));
}

function withoutUnset(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function pick(members: Members, names: ReadonlySet<string>): Members {
  return Object.fromEntries([...names].map((name) => [name, members[name]]));
}

/** `NAME=VALUE` lines as variables; the last one of a name wins, as in a process. */
function toVariables(lines: Setting): Map<string, Setting> {
  const texts = Array.isArray(lines) ? lines.filter((line) => typeof line === "string") : [];
  return new Map(texts.map((line) => [line.split("=", 1)[0]!, line.slice(line.split("=", 1)[0]!.length + 1)]));
}

function toMap(members: Setting): Map<string, Setting> {
  return new Map(isObject(members) ? Object.entries(members) : []);
}

function namesOf({ newBase, image, oldBase }: ThreeWay<Members>): string[] {
  return [...new Set([...Object.keys(newBase), ...Object.keys(image), ...Object.keys(oldBase)])];
}

function atName(sides: ThreeWay<Members>, name: string): ThreeWay<Setting> {
  return mapSides(sides, (members) => (Object.hasOwn(members, name) ? orUnset(members[name]) : undefined));
}

/** `""`, `[]`, `{}` and `null` mean that a member is not set. */
function orUnset(value: Setting): Setting {
  if (value === null || value === "") return undefined;
  return typeof value === "object" && Object.keys(value).length === 0 ? undefined : value;
}

function mapSides<T, U>({ oldBase, image, newBase }: ThreeWay<T>, map: (side: T) => U): ThreeWay<U> {
  return { oldBase: map(oldBase), image: map(image), newBase: map(newBase) };
}
