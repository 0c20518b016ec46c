import { interpreterOf, readProgramFacts } from "#lib/formats/program-facts/index.ts";
import { findCommand, type StartPlace } from "#lib/ingest/packages/find-started.ts";
import { findNewestVersion, listMissingVersions } from "#lib/ingest/packages/symbol-versions.ts";
import type { ElfNeeds } from "#lib/model/elf-needs.ts";
import { INTERPRETER } from "#lib/model/file-loads.ts";
import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import type { MovedTree } from "../sides.ts";

export type NeedKind = "interpreter-missing" | "library-missing" | "symbol-version-missing";

/** `met`: by what the kernel or the linker finds. `elsewhere`: a file of the name is in the image, where the linker does not look. */
export type NeedState = "met" | "elsewhere" | "unmet";

/** Something that a program, library or script needs to start. */
export interface ProgramNeed {
  readonly file: FileNode;
  readonly kind: NeedKind;
  /** An interpreter's path or name, a library's name, or a version with its library. */
  readonly need: string;
  readonly state: NeedState;
  /** What there is instead; "" if it is met. */
  readonly instead: string;
}

const MUSL = /^ld-musl-/;

/** Everything that the programs, libraries and scripts of an image need, met or not. */
export function listProgramNeeds(tree: MovedTree, place: StartPlace): ProgramNeed[] {
  return new NeedLister(tree, place).list();
}

class NeedLister {
  readonly #tree: MovedTree;
  readonly #place: StartPlace;
  /** What the linker finds, by the body that needs it: hard links have the same needs. */
  readonly #loads = new Map<string, Map<number, FileNode>>();
  readonly #names = new Set<string>();
  readonly #defined = new Map<FileNode, ReadonlySet<string>>();

  constructor(tree: MovedTree, place: StartPlace) {
    this.#tree = tree;
    this.#place = place;
    for (const { file, need, found } of tree.found.loads) {
      const key = bodyKey(file.body!);
      const loads = this.#loads.get(key) ?? new Map<number, FileNode>();
      this.#loads.set(key, loads.set(need, found));
    }
  }

  list(): ProgramNeed[] {
    const files = this.#tree.names.flatMap((file) => {
      const facts = file.body === undefined ? undefined : this.#tree.document(file);
      const read = facts === undefined ? undefined : readProgramFacts(facts);
      return read === undefined ? [] : [{ file, read }];
    });
    for (const { file, read } of files) {
      this.#names.add(file.name);
      if (read.kind === "elf" && read.needs.soname !== "") this.#names.add(read.needs.soname);
    }
    return files.flatMap(({ file, read }) =>
      read.kind === "elf" ? this.#listElf(file, read.needs) : this.#listScript(file, read.line),
    );
  }

  #listScript(file: FileNode, line: string): ProgramNeed[] {
    const interpreter = interpreterOf(line);
    if (interpreter === undefined) return [];
    const { program, isSearched } = interpreter;
    if (!isSearched && !program.startsWith("/")) return [];
    const found = findCommand(this.#place, program);
    return [toNeed(file, "interpreter-missing", program, found !== undefined)];
  }

  #listElf(file: FileNode, needs: ElfNeeds): ProgramNeed[] {
    const found = this.#loads.get(bodyKey(file.body!)) ?? new Map<number, FileNode>();
    const { interpreter, needed, isProgram } = needs;
    const started =
      interpreter === "" ? [] : [toNeed(file, "interpreter-missing", interpreter, found.has(INTERPRETER))];
    const libraries = needed.map((name, at) => {
      const need = toNeed(file, "library-missing", name, found.has(at));
      // A library may be loaded by a program that has loaded this one before, from a directory of its own.
      const isElsewhere = need.state === "unmet" && !isProgram && this.#names.has(name);
      return isElsewhere ? ({ ...need, state: "elsewhere" } as const) : need;
    });
    return [...started, ...libraries, ...this.#listVersions(file, needs, found)];
  }

  /** One need for each version, so that both sides of a rebase are compared version by version. */
  #listVersions(file: FileNode, needs: ElfNeeds, found: ReadonlyMap<number, FileNode>): ProgramNeed[] {
    if ([...found.values()].some(({ name }) => MUSL.test(name))) return [];
    const versions = Map.groupBy(needs.versionsNeeded, (version) => version.file);
    return [...versions].flatMap(([name, list]) => {
      const library = found.get(needs.needed.indexOf(name));
      if (library === undefined) return [];
      const defined = this.#definedBy(library);
      const missing = new Set(listMissingVersions(list, defined));
      return list.map((version): ProgramNeed => {
        const need = `${version.name} of ${name}`;
        const kind = "symbol-version-missing";
        if (!missing.has(version)) return { file, kind, need, state: "met", instead: "" };
        const newest = findNewestVersion(version.name, defined);
        const instead = newest === undefined ? `${library.path} lacks it` : `${library.path} defines up to ${newest}`;
        return { file, kind, need, state: "unmet", instead };
      });
    });
  }

  #definedBy(library: FileNode): ReadonlySet<string> {
    const known = this.#defined.get(library);
    if (known !== undefined) return known;
    const facts = this.#tree.document(library);
    const read = facts === undefined ? undefined : readProgramFacts(facts);
    const defined = new Set(read?.kind === "elf" ? read.needs.versionsDefined : []);
    this.#defined.set(library, defined);
    return defined;
  }
}

function toNeed(file: FileNode, kind: NeedKind, need: string, isMet: boolean): ProgramNeed {
  return { file, kind, need, state: isMet ? "met" : "unmet", instead: isMet ? "" : "not in the image" };
}

function bodyKey({ layer, entry }: FileBody): string {
  return `${layer} ${entry}`;
}
