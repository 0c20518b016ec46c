import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { type RpmDependency, senseOf } from "./dependency.ts";
import { RpmHeader, Tag } from "./header.ts";

/** Two thirds of all that Fedora has; the largest installations have 10,000. */
export const MAX_PACKAGES = 50_000;
/** Files in the whole database: a tenth more than a scanned image may have. */
export const MAX_FILES = 660_000;
/** UTF-16 units of all their paths together: a directory is repeated in the path of each of its files. */
export const MAX_PATHS_LENGTH = 64 * 1024 ** 2;
/** Requirements and provided capabilities in the whole database. A desktop of 2,000 packages has 80,000. */
export const MAX_DECLARATIONS = 500_000;
/** UTF-16 units of a name, version, release or architecture. */
export const MAX_NAME_LENGTH = 256;
/** UTF-16 units of a capability's name, unless it is a rich dependency. */
export const MAX_CAPABILITY_LENGTH = 4096;

/** `RPMFILE_GHOST`: listed, but not in the package. */
const GHOST = 1 << 6;
/** `RPMFILE_STATE_NORMAL`. Others: replaced by another package's, not installed (documentation), of the other architecture. */
const NORMAL = 0;
/** `RPMSENSE_RPMLIB`: a feature of rpm. `RPMSENSE_MISSINGOK`: a suggestion, as written before rpm had tags for them. */
const NOT_NEEDED = (1 << 24) | (1 << 19);
/** Features of rpm, and the configuration files of the package itself. */
const OWN = /^(?:rpmlib|config)\(/;
/** Keys that rpm trusts are records of the database, but no packages. */
const KEY_NAME = "gpg-pubkey";

/** An installed package. */
export interface RpmPackage {
  readonly name: string;
  /** "" if none is set, which equals 0. */
  readonly epoch: string;
  readonly version: string;
  readonly release: string;
  readonly arch: string;
  /** What it needs, without features of rpm and its own configuration files. */
  readonly requires: readonly RpmDependency[];
  readonly provides: readonly RpmDependency[];
  /** Paths relative to the root, directories included: of files that rpm has installed, */
  readonly files: readonly string[];
  /** of files that the package only names (`%ghost`: logs, caches), */
  readonly ghosts: readonly string[];
  /** and of files that rpm has left out or given to another package. */
  readonly absent: readonly string[];
}

/** Reads the packages of one database from their headers, up to the limits. */
export class PackageReader {
  readonly packages: RpmPackage[] = [];
  readonly faults = new FaultList();
  isFull = false;
  #fileCount = 0;
  #pathsLength = 0;
  #declarationCount = 0;
  /** Equal dependencies are one object: every package needs libc, in five versions. */
  readonly #dependencyOf = new Map<string, RpmDependency>();

  add(blob: Uint8Array): void {
    const header = RpmHeader.open(blob);
    if (header === undefined) this.faults.add(() => `record ${this.packages.length + 1} is not a package's header`);
    else if (header.text(Tag.name) !== KEY_NAME) this.#addPackage(header);
    if (this.packages.length === MAX_PACKAGES) this.#stop("packages", MAX_PACKAGES);
  }

  get result(): { value: RpmPackage[]; problems: Fault[] } {
    return { value: this.packages, problems: this.faults.found };
  }

  #addPackage(header: RpmHeader): void {
    const words = {
      name: header.text(Tag.name),
      version: header.text(Tag.version),
      release: header.text(Tag.release),
      arch: header.text(Tag.arch),
    };
    const bad = Object.entries(words).find(([key, value]) => !isWord(value, key === "arch"));
    if (bad !== undefined) {
      const [what, value] = bad;
      this.faults.add(
        `package ${quote(words.name)} has ${value === "" ? `no ${what}` : `a bad ${what} ${quote(value)}`}`,
      );
      return;
    }
    const epoch = header.numbers(Tag.epoch, 1)[0];
    this.packages.push({
      ...words,
      epoch: epoch === undefined ? "" : `${epoch}`,
      requires: this.#dependencies(header, [Tag.requireName, Tag.requireFlags, Tag.requireVersion], words.name),
      provides: this.#dependencies(header, [Tag.provideName, Tag.provideFlags, Tag.provideVersion], words.name),
      ...this.#files(header, words.name),
    });
  }

  /** Three lists of equal length; a package without versions has only the first. */
  #dependencies(header: RpmHeader, [nameTag, flagTag, versionTag]: readonly [Tag, Tag, Tag], owner: string) {
    const left = MAX_DECLARATIONS - this.#declarationCount;
    const names = header.texts(nameTag, left + 1);
    if (names.length > left) this.#stop("declared dependencies", MAX_DECLARATIONS);
    const flags = header.numbers(flagTag, names.length);
    const versions = header.texts(versionTag, names.length);
    this.#declarationCount += names.length;
    const found: RpmDependency[] = [];
    for (const [i, name] of names.entries()) {
      if (((flags[i] ?? 0) & NOT_NEEDED) !== 0 || OWN.test(name)) continue;
      const dependency = { name, sense: senseOf(flags[i] ?? 0), version: versions[i] ?? "" };
      if (isCapability(dependency)) found.push(this.#once(dependency));
      else this.faults.add(() => `${owner}: ${quote(name)} is not a dependency`);
    }
    return this.isFull ? [] : found;
  }

  #once(dependency: RpmDependency): RpmDependency {
    const { name, sense, version } = dependency;
    const key = version === "" ? name : `${name}\0${sense}\0${version}`;
    const known = this.#dependencyOf.get(key);
    // Without a version, a comparison says nothing; with one, the key is complete.
    if (known === undefined) this.#dependencyOf.set(key, dependency);
    return known ?? dependency;
  }

  #files(header: RpmHeader, owner: string): Pick<RpmPackage, "files" | "ghosts" | "absent"> {
    const left = MAX_FILES - this.#fileCount;
    const paths = this.#paths(header, left + 1, owner);
    if (paths.length > left) this.#stop("files", MAX_FILES);
    this.#fileCount += paths.length;
    const flags = header.numbers(Tag.fileFlags, paths.length);
    const states = header.numbers(Tag.fileStates, paths.length);
    const found = { files: [] as string[], ghosts: [] as string[], absent: [] as string[] };
    for (const [i, path] of paths.entries()) {
      this.#pathsLength += path.length;
      if (this.#pathsLength > MAX_PATHS_LENGTH) this.#stop("characters of paths", MAX_PATHS_LENGTH);
      if (this.isFull) break;
      if ((states[i] ?? NORMAL) !== NORMAL) found.absent.push(path);
      else if (((flags[i] ?? 0) & GHOST) !== 0) found.ghosts.push(path);
      else found.files.push(path);
    }
    return found;
  }

  /** Relative paths, "" for the root. A directory is stored once, and each name has its number. */
  #paths(header: RpmHeader, maxCount: number, owner: string): string[] {
    const names = header.texts(Tag.baseNames, maxCount);
    if (names.length === 0) return header.texts(Tag.oldFileNames, maxCount).map((path) => path.replace(/^\/+/, ""));
    const directories = header.texts(Tag.directoryNames, maxCount);
    const indexes = header.numbers(Tag.directoryIndexes, names.length);
    const isComplete = indexes.length === names.length && indexes.every((index) => index < directories.length);
    if (!isComplete) this.faults.add(() => `${owner}: the list of files is damaged`);
    return isComplete ? names.map((name, i) => joinPath(directories[indexes[i]!]!, name)) : [];
  }

  #stop(what: string, limit: number): void {
    if (!this.isFull) this.faults.addLimit(what, limit);
    this.isFull = true;
  }
}

/** Directories are stored as `/usr/bin/`. */
function joinPath(directory: string, name: string): string {
  return `${directory}${name}`.replace(/^\/+/, "");
}

function isWord(value: string, mayBeEmpty: boolean): boolean {
  return value.length <= MAX_NAME_LENGTH && (mayBeEmpty || value !== "") && !/\s/.test(value);
}

function isCapability({ name, version }: RpmDependency): boolean {
  if (name === "" || version.length > MAX_NAME_LENGTH) return false;
  return name.startsWith("(") || name.length <= MAX_CAPABILITY_LENGTH;
}
