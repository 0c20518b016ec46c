import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { eachLine, type Line } from "../lines/index.ts";
import { type ApkDependency, parseDependency } from "./dependency.ts";

/** A database longer than this is not read (UTF-16 units). */
export const MAX_DATABASE_LENGTH = 64 * 1024 * 1024;
/** More than Alpine has packages (25,000). */
export const MAX_PACKAGES = 100_000;
/** Files in the whole database: a tenth more than a scanned image may have. */
export const MAX_FILES = 660_000;
/** UTF-16 units of all their paths together: a long directory is repeated in the path of each of its files. */
export const MAX_PATHS_LENGTH = 64 * 1024 * 1024;
/** Words of `D:` and `p:` in the whole database. All of Alpine has some 200,000. */
export const MAX_DECLARATIONS = 500_000;
/** UTF-16 units of a name or a version. */
export const MAX_NAME_LENGTH = 256;

/** An installed package (apk-installed(5)). */
export interface ApkPackage {
  readonly name: string;
  readonly version: string;
  readonly arch: string;
  readonly dependencies: readonly ApkDependency[];
  readonly provides: readonly ApkDependency[];
  /** Relative to the root; regular files and symlinks, no directories. */
  readonly files: readonly string[];
}

/**
 * Parses `lib/apk/db/installed`: records of `X:value` lines, ended by an empty line. `F:` names a directory and each `R:` after
 * it a file in it. A record without a name or a version is reported and skipped, and so is any other line.
 */
export function parseInstalled(text: string): { value: ApkPackage[]; problems: Fault[] } {
  const reader = new InstalledReader();
  if (text.length > MAX_DATABASE_LENGTH) reader.faults.addLimit("characters", MAX_DATABASE_LENGTH);
  else {
    for (const line of eachLine(text, reader.faults)) {
      reader.add(line);
      if (reader.full) break;
    }
    reader.endRecord();
  }
  return { value: reader.packages, problems: reader.faults.found };
}

class InstalledReader {
  readonly packages: ApkPackage[] = [];
  readonly faults = new FaultList();
  full = false;
  #record: Map<string, string> | undefined;
  #start = 0;
  #directory = "";
  #files: string[] = [];
  #fileCount = 0;
  #pathsLength = 0;
  #declarationCount = 0;

  add({ text, number }: Line): void {
    if (text === "") this.endRecord();
    else if (text[1] !== ":") this.faults.add(() => `line ${number} is not a field: ${quote(text)}`);
    else this.#addField(text[0]!, text.slice(2), number);
  }

  endRecord(): void {
    const record = this.#record;
    if (record === undefined) return;
    const found = this.#toPackage(record);
    if (found !== undefined) this.packages.push(found);
    if (this.packages.length === MAX_PACKAGES) this.#stop("packages", MAX_PACKAGES);
    this.#record = undefined;
    this.#directory = "";
    this.#files = [];
  }

  #addField(key: string, value: string, number: number): void {
    if (this.#record === undefined) {
      this.#record = new Map();
      this.#start = number;
    }
    if (key === "F") this.#directory = value.replace(/\/$/, "");
    else if (key === "R") this.#addFile(value);
    else if (!this.#record.has(key)) this.#record.set(key, value);
  }

  #addFile(name: string): void {
    const path = this.#directory === "" ? name : `${this.#directory}/${name}`;
    this.#fileCount += 1;
    this.#pathsLength += path.length;
    if (this.#fileCount > MAX_FILES) this.#stop("files", MAX_FILES);
    else if (this.#pathsLength > MAX_PATHS_LENGTH) this.#stop("characters of paths", MAX_PATHS_LENGTH);
    else this.#files.push(path);
  }

  #stop(what: string, limit: number): void {
    if (!this.full) this.faults.addLimit(what, limit);
    this.full = true;
  }

  #toPackage(record: ReadonlyMap<string, string>): ApkPackage | undefined {
    const name = record.get("P") ?? "";
    const version = record.get("V") ?? "";
    for (const [what, value] of [
      ["name", name],
      ["version", version],
    ] as const) {
      if (value !== "" && value.length <= MAX_NAME_LENGTH && !/[\s<>=@]/.test(value)) continue;
      this.faults.add(`the record at line ${this.#start} has ${value === "" ? "no" : "a bad"} ${what} ${quote(value)}`);
      return undefined;
    }
    return {
      name,
      version,
      arch: record.get("A") ?? "",
      dependencies: this.#words(record.get("D"), name),
      provides: this.#words(record.get("p"), name),
      files: this.#files,
    };
  }

  #words(field: string | undefined, name: string): ApkDependency[] {
    const found: ApkDependency[] = [];
    for (const [word] of field?.matchAll(/[^ ]+/g) ?? []) {
      const dependency = parseDependency(word);
      if (dependency === undefined) this.faults.add(() => `${name}: ${quote(word)} is not a dependency`);
      else if (this.#declarationCount === MAX_DECLARATIONS) {
        this.#stop("declared dependencies", MAX_DECLARATIONS);
        break;
      } else {
        this.#declarationCount += 1;
        found.push(dependency);
      }
    }
    return this.full ? [] : found;
  }
}
