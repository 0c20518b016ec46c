import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { InputError } from "#lib/model/problem.ts";
import { isObject, parseBoundedJson } from "../json/index.ts";

/** Crates of one program; the largest have some 1,000. */
export const MAX_CRATES = 5000;
/** Dependencies of all crates of one program. */
export const MAX_CRATE_DEPENDENCIES = 50_000;
/** UTF-16 units of a crate's name and version. */
export const MAX_CRATE_WORD = 256;

export interface Crate {
  readonly name: string;
  readonly version: string;
  /** Needed while the program was built, and not a part of it. */
  readonly isBuildTime: boolean;
  /** The program itself. */
  readonly isRoot: boolean;
  /** Positions in the list. */
  readonly dependencies: readonly number[];
}

const NAME = /^[\w-]+$/;
const VERSION = /^[!-~]*$/;

/** Parses cargo-auditable's list. Positions are those of the list, so that a crate without a valid name stays in it, without a name. */
export function parseCrateList(text: string): { value: Crate[]; problems: Fault[] } {
  const faults = new FaultList();
  const json = readJson(text, faults);
  const list = isObject(json) ? json.packages : undefined;
  if (!Array.isArray(list)) {
    if (faults.found.length === 0) faults.add("the list of crates has no packages", "bad-program");
    return { value: [], problems: faults.found };
  }
  if (list.length > MAX_CRATES) faults.addLimit("crates", MAX_CRATES);
  const kept = list.slice(0, MAX_CRATES);
  let left = MAX_CRATE_DEPENDENCIES;
  const value = kept.map((each: unknown): Crate => {
    const dependencies = readDependencies(each, kept.length, faults).slice(0, left);
    left -= dependencies.length;
    return { ...readCrate(each, faults), dependencies };
  });
  if (left === 0) faults.addLimit("dependencies of crates", MAX_CRATE_DEPENDENCIES);
  return { value, problems: faults.found };
}

function readJson(text: string, faults: FaultList): unknown {
  try {
    return parseBoundedJson(Buffer.from(text), "");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults.add(`the list of crates is ${error.message}`, "bad-program");
    return undefined;
  }
}

function readCrate(json: unknown, faults: FaultList): Omit<Crate, "dependencies"> {
  const { name, version, kind, root } = isObject(json) ? json : {};
  const isValid = isWord(name, NAME) && isWord(version, VERSION);
  if (!isValid) faults.add(() => `a crate without a valid name and version: ${quote(String(name))}`, "bad-program");
  return {
    name: isValid ? name : "",
    version: isValid ? version : "",
    isBuildTime: kind === "build",
    isRoot: root === true,
  };
}

function isWord(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && value.length <= MAX_CRATE_WORD && pattern.test(value);
}

function readDependencies(json: unknown, count: number, faults: FaultList): number[] {
  const list = isObject(json) ? json.dependencies : undefined;
  if (!Array.isArray(list)) return [];
  const valid = list.filter((each): each is number => Number.isInteger(each) && each >= 0 && each < count);
  if (valid.length < list.length) faults.add("a dependency leads to no crate", "bad-program");
  return valid;
}
