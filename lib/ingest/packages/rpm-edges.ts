import {
  formatRpmDependency,
  isOperation,
  parseRich,
  type RichDependency,
  type RichOperation,
  type RpmDependency,
  type RpmPackage,
  satisfiesRpm,
} from "#lib/formats/rpm/index.ts";
import type { Discovery } from "./discovery.ts";
import type { ListedPaths } from "./owner-table.ts";

/** An installed rpm without its lists of files, and its position among the components. */
export interface InstalledRpm {
  readonly package: Omit<RpmPackage, keyof FileLists>;
  readonly index: number;
  /** The database with its record. */
  readonly database: string;
}

/** The same with its lists, which take more memory than everything else and are not needed for edges. */
export interface ListedRpm extends InstalledRpm {
  readonly lists: FileLists;
}

export type FileLists = Pick<RpmPackage, "files" | "ghosts" | "absent">;

/** A candidate for a name. */
interface Candidate {
  readonly index: number;
  readonly provided: RpmDependency;
}

/** `RPMSENSE_EQUAL`, of a package's own name. */
const EQUAL = 8;

/**
 * Adds edges for what packages require: to every installed package that provides the capability or lists the file, as `rpm -q
 * --whatprovides` names them. A requirement without any is a problem.
 */
export function addRpmEdges(discovery: Discovery, rpms: readonly InstalledRpm[], files: RequiredFiles): void {
  const resolver = new RpmResolver(discovery, rpms, files);
  for (const rpm of rpms) {
    for (const wanted of rpm.package.requires) {
      const detail = `Requires: ${formatRpmDependency(wanted)}`;
      const found = resolver.resolve(wanted);
      for (const to of found ?? []) discovery.addEdge(rpm.index, to, detail);
      if (found === undefined) discovery.addUnresolved(rpm.database, rpm.index, detail);
    }
  }
}

/** The packages that list a required file, `/bin/sh`. Only required paths are kept: a system lists 100,000 and requires ten. */
export class RequiredFiles {
  readonly #paths: ListedPaths;
  readonly #owners = new Map<string, number[]>();

  constructor(paths: ListedPaths, rpms: readonly ListedRpm[]) {
    this.#paths = paths;
    const names = new Set<string>();
    for (const path of rpms.flatMap(listRequiredPaths)) {
      this.#owners.set(paths.place(path), []);
      names.add(baseName(path));
    }
    if (names.size > 0) for (const rpm of rpms) this.#addFiles(rpm, names);
  }

  /** `path` as required, with a slash in front. */
  ownersOf(path: string): readonly number[] {
    return this.#owners.get(this.#paths.place(path.replace(/^\/+/, ""))) ?? [];
  }

  /** A path may lead through a link (`/bin` → `usr/bin`), so places are compared, but only of files with a required name. */
  #addFiles({ index, lists: { files, ghosts } }: ListedRpm, names: ReadonlySet<string>): void {
    for (const list of [files, ghosts]) {
      for (const path of list) if (names.has(baseName(path))) this.#owners.get(this.#paths.place(path))?.push(index);
    }
  }
}

function listRequiredPaths({ package: { requires } }: InstalledRpm): string[] {
  const parts = requires
    .filter(({ name }) => name.includes("/"))
    .flatMap((wanted) => listSimple(readRequirement(wanted)));
  return parts.filter(({ name }) => name.startsWith("/")).map(({ name }) => name.replace(/^\/+/, ""));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The requirement with its operations; one that cannot be read is a name that nothing provides. */
function readRequirement(wanted: RpmDependency): RichDependency {
  return wanted.name.startsWith("(") ? (parseRich(wanted.name) ?? wanted) : wanted;
}

/** The dependencies without operations, at any depth. */
function listSimple(part: RichDependency): RpmDependency[] {
  return isOperation(part) ? part.parts.flatMap(listSimple) : [part];
}

class RpmResolver {
  readonly #discovery: Discovery;
  readonly #candidates: ReadonlyMap<string, readonly Candidate[]>;
  readonly #files: RequiredFiles;
  #isSpent = false;

  constructor(discovery: Discovery, rpms: readonly InstalledRpm[], files: RequiredFiles) {
    this.#discovery = discovery;
    this.#candidates = Map.groupBy(rpms.flatMap(listCandidates), ({ provided }) => provided.name);
    this.#files = files;
  }

  /**
   * The packages that satisfy a requirement: none if it needs none, `undefined` if it is not satisfied. Once the image's candidates
   * are spent, nothing is known to be missing.
   */
  resolve(wanted: RpmDependency): readonly number[] | undefined {
    const found = this.#resolve(readRequirement(wanted));
    return found === undefined && this.#isSpent ? [] : found;
  }

  #resolve(part: RichDependency): readonly number[] | undefined {
    if (isOperation(part)) return this.#resolveOperation(part);
    const found = this.#findProviders(part);
    return found.length === 0 ? undefined : found;
  }

  /** rpm-dependencies(7), "Rich dependencies". */
  #resolveOperation({ operation, parts }: RichOperation): readonly number[] | undefined {
    if (operation === "and" || operation === "or") return this.#resolveAll(parts, operation);
    const [first, second, otherwise] = parts;
    if (operation === "if" || operation === "unless") {
      const applies = (this.#resolve(second!) !== undefined) === (operation === "if");
      if (applies) return this.#resolve(first!);
      return otherwise === undefined ? [] : this.#resolve(otherwise);
    }
    let kept = new Set(this.#resolve(first!));
    for (const part of parts.slice(1)) {
      const other = new Set(this.#resolve(part));
      kept = operation === "with" ? kept.intersection(other) : kept.difference(other);
    }
    return kept.size === 0 ? undefined : [...kept];
  }

  /** Of `or`, all alternatives that are installed, as rpm keeps any of them. One set for all: a name may be repeated. */
  #resolveAll(parts: readonly RichDependency[], operation: "and" | "or"): readonly number[] | undefined {
    const union = new Set<number>();
    let isMet = operation === "and";
    for (const part of parts) {
      const found = this.#resolve(part);
      if (found === undefined && operation === "and") return undefined;
      isMet ||= found !== undefined;
      for (const index of found ?? []) union.add(index);
    }
    return isMet ? [...union] : undefined;
  }

  #findProviders(wanted: RpmDependency): number[] {
    const found: number[] = [];
    const owners = wanted.name.startsWith("/") ? this.#files.ownersOf(wanted.name) : [];
    for (const index of owners) {
      if (!this.#spend()) return found;
      found.push(index);
    }
    for (const { index, provided } of this.#candidates.get(wanted.name) ?? []) {
      if (!this.#spend()) return found;
      if (satisfiesRpm(provided, wanted)) found.push(index);
    }
    return found;
  }

  #spend(): boolean {
    this.#isSpent ||= !this.#discovery.spendCandidate();
    return !this.#isSpent;
  }
}

/** What a package provides, and its own name, which packages older than rpm 4 do not list. */
function listCandidates({ index, package: { name, epoch, version, release, provides } }: InstalledRpm): Candidate[] {
  const own = { name, sense: EQUAL, version: `${epoch === "" ? "" : `${epoch}:`}${version}-${release}` };
  const isListed = provides.some((provided) => provided.name === name);
  return [...(isListed ? [] : [own]), ...provides].map((provided) => ({ index, provided }));
}
