import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { InputError } from "#lib/model/problem.ts";
import { isObject, parseBoundedJson } from "../json/index.ts";

/** Values and names in one record: some twenty for each file of a package. */
export const MAX_CONDA_VALUES = 600_000;
/** UTF-16 units of a name, a version, a build and a channel. */
export const MAX_CONDA_WORD = 256;
/** UTF-16 units of one path. */
export const MAX_CONDA_PATH_LENGTH = 4096;
/** UTF-16 units of one dependency. */
export const MAX_CONDA_DEPENDENCY = 1024;
/** Dependencies of one package; the longest lists have about 200. */
export const MAX_CONDA_DEPENDENCIES = 5000;

/** An installed package: `conda-meta/NAME-VERSION-BUILD.json` in the prefix of its environment. */
export interface CondaRecord {
  readonly name: string;
  readonly version: string;
  readonly build: string;
  /** The name of the channel, without its address and platform: `conda-forge`, `main`. */
  readonly channel: string;
  /** `linux-64`, `noarch`. */
  readonly subdir: string;
  /** As written: `python >=3.11,<3.12.0a0`. */
  readonly depends: readonly string[];
  /** Relative to the prefix. */
  readonly files: readonly string[];
  /** Whether the package was asked for by name. */
  readonly isRequested: boolean;
}

const NAME = /^[a-z0-9_][a-z0-9_.-]*$/i;

/** Reads a record. `value` is `undefined` if it is not JSON or names no package. */
export function parseCondaRecord(body: Uint8Array): { value: CondaRecord | undefined; problems: Fault[] } {
  const faults = new FaultList();
  const json = parseObject(body, faults);
  const value = json === undefined ? undefined : toRecord(json, faults);
  return { value, problems: faults.found };
}

function parseObject(body: Uint8Array, faults: FaultList): Record<string, unknown> | undefined {
  try {
    const json = parseBoundedJson(body, "", { maxValues: MAX_CONDA_VALUES });
    if (isObject(json)) return json;
    faults.add("is not a JSON object", "bad-json");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults.add(`is ${error.message}`, error.code);
  }
  return undefined;
}

function toRecord(json: Record<string, unknown>, faults: FaultList): CondaRecord | undefined {
  const [name, version, build, channel, subdir] = ["name", "version", "build", "channel", "subdir"].map((key) =>
    toWord(json[key]),
  ) as [string, string, string, string, string];
  if (!NAME.test(name)) {
    faults.add(`has a bad name: ${quote(name)}`);
    return undefined;
  }
  const depends = toTexts(json.depends, MAX_CONDA_DEPENDENCY);
  if (depends.length > MAX_CONDA_DEPENDENCIES) faults.addLimit("dependencies", MAX_CONDA_DEPENDENCIES);
  return {
    ...{ name, version, build, subdir },
    channel: toChannelName(channel, subdir),
    depends: depends.slice(0, MAX_CONDA_DEPENDENCIES),
    files: toTexts(json.files, MAX_CONDA_PATH_LENGTH),
    isRequested: !["", "None"].includes(toWord(json.requested_spec)),
  };
}

function toWord(value: unknown): string {
  return typeof value === "string" && value.length <= MAX_CONDA_WORD ? value.trim() : "";
}

function toTexts(value: unknown, maxLength: number): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((text): text is string => typeof text === "string" && text !== "" && text.length <= maxLength);
}

/** `https://repo.anaconda.com/pkgs/main/linux-64` → `main`. */
function toChannelName(channel: string, subdir: string): string {
  const parts = channel.split("/").filter((part) => part !== "" && part !== subdir);
  return parts.at(-1)?.trim() ?? "";
}

/** The name that a dependency asks for: `python` of `conda-forge::python >=3.11`; "" for what the system provides (`__glibc`). */
export function toCondaName(depends: string): string {
  const [name = ""] = depends.trim().split(/[\s=<>!~[]/, 1);
  const plain = name.slice(name.lastIndexOf(":") + 1).toLowerCase();
  return plain.startsWith("__") ? "" : plain;
}

/** A record without what nothing reads, such as the hash of each file. `undefined` if it is damaged. */
export function condenseCondaRecord(body: Uint8Array): Uint8Array | undefined {
  const { value, problems } = parseCondaRecord(body);
  if (value === undefined || problems.length > 0) return undefined;
  const { isRequested, ...record } = value;
  return new TextEncoder().encode(JSON.stringify({ ...record, requested_spec: isRequested ? "requested" : "" }));
}
