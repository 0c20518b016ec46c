import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";
import { isName } from "./gemspec.ts";
import { isGemVersion } from "./version.ts";

/** Gems that one Gemfile.lock asks for, and as many that it locks: applications have some hundred. */
export const MAX_LOCKED = 20_000;

/** A gem that a project asks for. */
export interface LockedGem {
  readonly name: string;
  /** The version that Bundler chose; "" if the file does not say it (a gem in the project's own directory). */
  readonly version: string;
}

const SPEC = /^ {4}([^\s(]+) \(([^\s)]+)\)$/;
const DEPENDENCY = /^ {2}([^\s(!]+)!?(?: \([^)]*\))?!?$/;

/** `DEPENDENCIES` of a Gemfile.lock, the gems that the project's Gemfile names, with the versions of the sections above. */
export function parseLockfile(text: string): { value: LockedGem[]; problems: Fault[] } {
  const faults = new FaultList();
  const versions = new Map<string, string>();
  const names = new Set<string>();
  let section = "";
  for (const { text: line } of eachLine(text, faults)) {
    if (/^\S/.test(line)) section = line;
    else if (section === "DEPENDENCIES") addName(line, names, faults);
    else addVersion(line, versions);
    if (names.size > MAX_LOCKED || versions.size > MAX_LOCKED) {
      faults.addLimit("gems", MAX_LOCKED);
      break;
    }
  }
  return { value: Array.from(names, (name) => ({ name, version: versions.get(name) ?? "" })), problems: faults.found };
}

function addName(line: string, names: Set<string>, faults: FaultList): void {
  if (line.trim() === "") return;
  const name = DEPENDENCY.exec(line)?.[1] ?? "";
  if (isName(name)) names.add(name);
  else faults.add(() => `${quote(line)} is not a dependency`);
}

/** A gem may be locked for several platforms: `nokogiri (1.16.2-x86_64-linux)`. Their versions are one. */
function addVersion(line: string, versions: Map<string, string>): void {
  const [, name, locked = ""] = SPEC.exec(line) ?? [];
  const version = locked.split("-")[0]!;
  if (name !== undefined && isName(name) && isGemVersion(version)) versions.set(name, version);
}
