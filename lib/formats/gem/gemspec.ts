import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";
import { type GemRequirement, parseGemRequirement } from "./requirement.ts";
import { isGemVersion } from "./version.ts";

/** Dependencies of one gem; Rails has 14, the largest of rubygems.org some 400 (`aws-sdk-resources`). */
export const MAX_GEM_DEPENDENCIES = 5000;
/** Comparisons of one dependency; hardly any has more than two. */
export const MAX_REQUIREMENTS = 100;
/** Programs of one gem. */
export const MAX_EXECUTABLES = 1000;
/** UTF-16 units of a gem's name, of its platform and of a program's. */
export const MAX_GEM_NAME_LENGTH = 256;

export interface GemDependency {
  readonly name: string;
  readonly requirements: readonly GemRequirement[];
  /** As RubyGems shows it: `rack (~> 2.0, >= 2.0.6)`. */
  readonly text: string;
}

export interface Gemspec {
  readonly name: string;
  readonly version: string;
  /** "" for a gem of Ruby code, which is for all platforms. */
  readonly platform: string;
  readonly dependencies: readonly GemDependency[];
  /** Names of its programs, for which RubyGems writes wrappers. */
  readonly executables: readonly string[];
}

type Identity = Pick<Gemspec, "name" | "version" | "platform">;

// A name is one directory (`Gem::Specification::VALID_NAME_PATTERN`), which does not begin with a dot.
const NAME = /^[a-zA-Z0-9_-][a-zA-Z0-9._-]*$/;
const STUB = /^# stub: (\S+) (\S+) (\S+) /;
const ASSIGNMENT = /^\s*\w+\.(name|version|platform) = ["']([^"']*)["'](?:\.freeze)?$/;
const FILE_NAME = /^([\w.-]+?)-(\d+(?:\.[0-9A-Za-z]+)*)(?:-([\w.-]+))?$/;
const DEPENDENCY = /^\s*\w+\.add_(runtime_|development_)?dependency\b/;
const DEPENDENCY_NAME = /dependency[ (]\s*(?:%q<([^>]*)>|"([^"]*)"|'([^']*)')/;
const EXECUTABLES = /^\s*\w+\.executables = \[/;
const LITERAL = /"([^"]*)"|'([^']*)'/g;
/** The stub is below the line about the encoding. */
const STUB_LINE = 2;

/**
 * Parses what a gemspec says as RubyGems writes it (`Gem::Specification#to_ruby`) when it installs a gem: Ruby of which only literals are
 * read, and nothing is run. Name, version and platform are those of the stub line, as for RubyGems; of the assignments, or of the
 * file's name (`fullName`, without `.gemspec`) if it has none. `value` is `undefined` if it has none of these.
 */
export function parseGemspec(text: string, fullName: string): { value: Gemspec | undefined; problems: Fault[] } {
  const faults = new FaultList();
  const reader = new GemspecReader(faults);
  for (const { text: line, number } of eachLine(text, faults)) reader.read(line, number);
  const identity = reader.identify(fullName);
  if (identity === undefined) faults.add("has no valid name and version");
  return { value: identity && { ...identity, ...reader.listed() }, problems: faults.found };
}

class GemspecReader {
  readonly #faults: FaultList;
  readonly #assigned = new Map<string, string>();
  readonly #dependencies = new Map<string, GemDependency>();
  #executables: string[] = [];
  #stub: Identity | undefined;

  constructor(faults: FaultList) {
    this.#faults = faults;
  }

  read(line: string, number: number): void {
    if (number <= STUB_LINE) this.#stub ??= parseStub(line);
    else if (DEPENDENCY.test(line)) this.#addDependency(line);
    else if (EXECUTABLES.test(line)) this.#setExecutables(line);
    else {
      const [, field, value] = ASSIGNMENT.exec(line) ?? [];
      if (field !== undefined) this.#assigned.set(field, value!);
    }
  }

  identify(fullName: string): Identity | undefined {
    const [name = "", version = "", platform] = ["name", "version", "platform"].map((each) => this.#assigned.get(each));
    return this.#stub ?? toIdentity(name, version, platform) ?? parseFileName(fullName);
  }

  listed(): Pick<Gemspec, "dependencies" | "executables"> {
    return { dependencies: [...this.#dependencies.values()], executables: this.#executables };
  }

  /** RubyGems before 3 wrote each dependency up to three times, for versions of itself that know more or less. */
  #addDependency(line: string): void {
    if (line.includes("add_development_dependency")) return;
    const dependency = parseDependency(line);
    if (dependency === undefined)
      this.#faults.add(() => `${quote(line.trim())} is not a dependency as RubyGems writes it`);
    else if (this.#dependencies.has(dependency.text)) return;
    else if (this.#dependencies.size < MAX_GEM_DEPENDENCIES) this.#dependencies.set(dependency.text, dependency);
    else this.#faults.addLimit("dependencies", MAX_GEM_DEPENDENCIES);
  }

  #setExecutables(line: string): void {
    const names = literalsOf(line);
    if (names.length > MAX_EXECUTABLES) this.#faults.addLimit("executables", MAX_EXECUTABLES);
    this.#executables = names.slice(0, MAX_EXECUTABLES).filter(isName);
  }
}

function parseStub(line: string): Identity | undefined {
  const [, name = "", version = "", platform] = STUB.exec(line) ?? [];
  return toIdentity(name, version, platform);
}

function parseFileName(fullName: string): Identity | undefined {
  const [, name = "", version = "", platform] =
    fullName.length > 3 * MAX_GEM_NAME_LENGTH ? [] : (FILE_NAME.exec(fullName) ?? []);
  return toIdentity(name, version, platform);
}

function toIdentity(name: string, version: string, platform = "ruby"): Identity | undefined {
  if (!isName(name) || !isGemVersion(version) || !isName(platform)) return undefined;
  return { name, version, platform: platform === "ruby" ? "" : platform };
}

function parseDependency(line: string): GemDependency | undefined {
  const match = DEPENDENCY_NAME.exec(line);
  const name = match?.[1] ?? match?.[2] ?? match?.[3] ?? "";
  if (match === null || !isName(name)) return undefined;
  const rest = line.slice(match.index + match[0].length);
  const requirements = literalsOf(rest).map(parseGemRequirement);
  if (requirements.length > MAX_REQUIREMENTS || !requirements.every((each) => each !== undefined)) return undefined;
  return { name, requirements, text: show(name, requirements) };
}

function literalsOf(line: string): string[] {
  return Array.from(line.matchAll(LITERAL), ([, double, single]) => double ?? single!);
}

function show(name: string, requirements: readonly GemRequirement[]): string {
  const written = requirements.map(({ operator, version }) => `${operator} ${version}`);
  return written.length === 0 || (written.length === 1 && written[0] === ">= 0")
    ? name
    : `${name} (${written.join(", ")})`;
}

export function isName(name: string): boolean {
  return name.length <= MAX_GEM_NAME_LENGTH && NAME.test(name);
}

/** The name of a gem's directories and of its gemspec: `nokogiri-1.16.2-x86_64-linux`. */
export function fullNameOf({ name, version, platform }: Identity): string {
  return platform === "" ? `${name}-${version}` : `${name}-${version}-${platform}`;
}
