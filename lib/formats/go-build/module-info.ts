import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import type { GoBuildText } from "./go-blob.ts";

/** Modules of one program. The largest have some 1,500. */
export const MAX_GO_MODULES = 10_000;
/** UTF-16 units of a module's path and of a version. */
export const MAX_GO_WORD = 512;
/** Settings of a build; there are some fifteen. */
export const MAX_GO_SETTINGS = 200;

export interface GoModule {
  readonly path: string;
  /** "" if none is known: `(devel)`, or a directory in place of the module. */
  readonly version: string;
  /** The module that a `replace` directive has put in its place, or with `isLocal` a directory. */
  readonly replacement?: { readonly path: string; readonly version: string; readonly isLocal: boolean };
}

export interface GoBuild {
  /** `1.24.4`; "" if unknown. */
  readonly goVersion: string;
  /** Of the package with `main`; "" if unknown. */
  readonly packagePath: string;
  /** Absent in a program that was built without modules. */
  readonly main: GoModule | undefined;
  readonly modules: readonly GoModule[];
  /** `GOOS`, `vcs.revision` and so on. */
  readonly settings: readonly (readonly [name: string, value: string])[];
}

const NO_VERSION = "(devel)";
const MODULE_PATH = /^[\w.~!+-]+(?:\/[\w.~!+-]+)*$/;
/** Versions of modules are semantic versions with a `v`, of which a purl has no other (Go modules reference, "Versions"). */
const SEMVER =
  /^v(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;

/** Parses the text about a program's build (`ParseBuildInfo` of runtime/debug). */
export function parseGoBuild(text: GoBuildText): { value: GoBuild; problems: Fault[] } {
  const parser = new GoBuildParser();
  const [version = "", ...lines] = text.split("\n");
  for (const line of lines) parser.add(line);
  return { value: { goVersion: toGoVersion(version), ...parser.result }, problems: parser.faults.found };
}

/** `go1.24.4 X:boringcrypto` and `devel go1.25-0123abcd Tue …`. */
function toGoVersion(text: string): string {
  return /(?:^|\s)go(\d[\w.-]*)/.exec(text)?.[1] ?? "";
}

class GoBuildParser {
  readonly faults = new FaultList();
  readonly #modules: GoModule[] = [];
  readonly #settings: [string, string][] = [];
  #packagePath = "";
  #main: GoModule | undefined;
  /** The module that a replacement in the next line is for: a position, or that of the main one. */
  #replaced: number | "main" | undefined;

  get result(): Omit<GoBuild, "goVersion"> {
    return { packagePath: this.#packagePath, main: this.#main, modules: this.#modules, settings: this.#settings };
  }

  add(line: string): void {
    const [word = "", ...fields] = line.split("\t");
    const replaced = this.#replaced;
    this.#replaced = undefined;
    if (word === "path") this.#packagePath = (fields[0] ?? "").slice(0, MAX_GO_WORD);
    else if (word === "mod") this.#setMain(line, fields);
    else if (word === "dep") this.#addModule(line, fields);
    else if (word === "=>") this.#replace(line, fields, replaced);
    else if (word === "build") this.#addSetting(fields.join("\t"));
  }

  #setMain(line: string, fields: readonly string[]): void {
    this.#main = this.#toModule(line, fields);
    if (this.#main !== undefined) this.#replaced = "main";
  }

  #addModule(line: string, fields: readonly string[]): void {
    if (this.#modules.length === MAX_GO_MODULES) {
      this.faults.addLimit("modules of Go", MAX_GO_MODULES);
      return;
    }
    const module = this.#toModule(line, fields);
    if (module !== undefined) this.#replaced = this.#modules.push(module) - 1;
  }

  /** A directory has no version, and its path begins with a dot or a slash. */
  #replace(line: string, [path = "", version = ""]: readonly string[], replaced: number | "main" | undefined): void {
    const isLocal = /^(?:\.{0,2}\/|\.{1,2}$|[A-Za-z]:)/.test(path);
    const isValid = path.length <= MAX_GO_WORD && (isLocal || MODULE_PATH.test(path));
    if (replaced === undefined || !isValid || !isVersion(version)) {
      this.#addFault(line);
      return;
    }
    const replacement = { path, version: toVersion(version), isLocal };
    if (replaced === "main") this.#main = { ...this.#main!, replacement };
    else this.#modules[replaced] = { ...this.#modules[replaced]!, replacement };
  }

  #toModule(line: string, [path = "", version = ""]: readonly string[]): GoModule | undefined {
    const isPath = path.length <= MAX_GO_WORD && MODULE_PATH.test(path);
    if (isPath && isVersion(version)) return { path, version: toVersion(version) };
    this.#addFault(line);
    return undefined;
  }

  #addSetting(text: string): void {
    const equals = text.indexOf("=");
    if (equals <= 0 || this.#settings.length === MAX_GO_SETTINGS) return;
    this.#settings.push([text.slice(0, equals), text.slice(equals + 1)]);
  }

  #addFault(line: string): void {
    this.faults.add(() => `no module and version of Go: ${quote(line)}`, "bad-program");
  }
}

function isVersion(text: string): boolean {
  return text === "" || text === NO_VERSION || (text.length <= MAX_GO_WORD && SEMVER.test(text));
}

function toVersion(text: string): string {
  return text === NO_VERSION ? "" : text;
}
