import { machineKey, readProgramFacts } from "#lib/formats/program-facts/index.ts";
import { Evidence } from "#lib/model/component.ts";
import { INTERPRETER } from "#lib/model/file-loads.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { libraryDetail } from "#lib/model/file-uses.ts";
import type { Discovery } from "./discovery.ts";
import { LibrarySearch, type NeedingFile } from "./library-search.ts";
import type { ProgramFile } from "./programs.ts";
import { SymbolVersions } from "./symbol-versions.ts";

/** Needs of one image that are looked for outside the linker's directories. */
export const MAX_MISSING_NEEDS = 50_000;

/** Files found for needs that are kept of one image. An ordinary one has some 10,000. */
export const MAX_FILE_LOADS = 500_000;

/** A file that the linker would load for another. */
export interface FileLoad {
  readonly file: FileNode;
  /** Position among its needs, or `INTERPRETER`. */
  readonly need: number;
  readonly found: FileNode;
}

/** A need that no directory of the linker satisfies. */
interface MissingNeed {
  readonly file: FileNode;
  readonly name: string;
  readonly key: number;
  readonly isProgram: boolean;
}

/** What a library without an owner loads. */
interface LoadedFile {
  readonly file: FileNode;
  readonly detail: string;
}

/**
 * Adds an edge from the owner of each program and library to the owners of what the linker loads for it. Where that has no owner, the
 * libraries that it needs in turn count. What cannot be found is a problem, once for each owner. Returns what was found.
 */
export function addLinkedEdges(discovery: Discovery, files: readonly ProgramFile[]): readonly FileLoad[] {
  return new LinkedEdges(discovery, files).add();
}

class LinkedEdges {
  readonly #discovery: Discovery;
  readonly #files: readonly ProgramFile[];
  readonly #search: LibrarySearch;
  readonly #versions: SymbolVersions;
  readonly #unowned = new Map<FileNode, LoadedFile[]>();
  readonly #loaders: { readonly owner: number; readonly library: FileNode }[] = [];
  readonly #missing: MissingNeed[] = [];
  readonly #found: FileLoad[] = [];
  readonly #reported = new Set<string>();

  constructor(discovery: Discovery, files: readonly ProgramFile[]) {
    this.#discovery = discovery;
    this.#files = files;
    this.#search = new LibrarySearch(discovery);
    this.#versions = new SymbolVersions(discovery, this.#search);
  }

  add(): readonly FileLoad[] {
    for (const { node, facts } of this.#files) {
      if (this.#search.isSpent) break;
      const read = readProgramFacts(facts);
      if (read?.kind === "elf") this.#addFile({ node, needs: read.needs, key: machineKey(facts)! });
    }
    for (const { owner, library } of this.#loaders) this.#follow(owner, library);
    this.#addMissing();
    return this.#found;
  }

  #keep(load: FileLoad): void {
    if (this.#found.length < MAX_FILE_LOADS) this.#found.push(load);
  }

  #addFile(file: NeedingFile): void {
    const { node, needs } = file;
    this.#versions.check(file, this.#addLibraries(file));
    if (needs.interpreter === "") return;
    const interpreter = this.#discovery.tree.resolve(needs.interpreter);
    if (interpreter?.body !== undefined) {
      this.#keep({ file: node, need: INTERPRETER, found: interpreter });
      this.#load(node, interpreter, `${node.path} is started by ${needs.interpreter}`);
    } else this.#report(node, needs.interpreter);
  }

  /** The libraries found, by the names that the file has for them. */
  #addLibraries(file: NeedingFile): Map<string, FileNode> {
    const libraries = new Map<string, FileNode>();
    const { node, needs, key } = file;
    for (const [need, name] of needs.needed.entries()) {
      if (this.#search.isSpent) break;
      const found = this.#search.find(file, name);
      if (found !== undefined) {
        libraries.set(name, found);
        this.#keep({ file: node, need, found });
        this.#load(node, found, libraryDetail(node.path, name));
      } else if (this.#missing.length < MAX_MISSING_NEEDS)
        this.#missing.push({ file: node, name, key, isProgram: needs.isProgram });
    }
    return libraries;
  }

  #load(file: FileNode, library: FileNode, detail: string): void {
    const from = this.#discovery.packageOf(file);
    const to = this.#discovery.packageOf(library);
    if (from === undefined) {
      const loaded = this.#unowned.get(file) ?? [];
      this.#unowned.set(file, loaded);
      loaded.push({ file: library, detail });
    } else if (to === undefined) this.#loaders.push({ owner: from, library });
    else this.#discovery.addEdge(from, to, detail, Evidence.observed);
  }

  /** Libraries without an owner belong to whoever loads them, as far as needs go. */
  #follow(owner: number, library: FileNode): void {
    // A Set is iterated in insertion order, so elements added during the loop are visited too.
    const seen = new Set([library]);
    for (const each of seen) {
      for (const { file, detail } of this.#unowned.get(each) ?? []) {
        if (!this.#search.spend()) return;
        const to = this.#discovery.packageOf(file);
        if (to === undefined) seen.add(file);
        else this.#discovery.addEdge(owner, to, detail, Evidence.observed);
      }
    }
  }

  /**
   * A library may be found all the same: the program that loads this file has loaded it already, from a directory of its own, or is
   * started with LD_LIBRARY_PATH. The image's only file of that name is then inferred to be it; for a program it stays a problem.
   */
  #addMissing(): void {
    if (this.#discovery.tree.isExhausted || this.#search.isSpent) return;
    const places = this.#findElsewhere();
    for (const { file, name, key, isProgram } of this.#missing) {
      const found = places.get(`${key} ${name}`) ?? [];
      const from = this.#discovery.packageOf(file);
      const owners = new Set(found.map((node) => this.#discovery.packageOf(node)));
      if (found.length === 0 || (isProgram && !owners.has(from))) this.#report(file, name, found[0]);
      const [to] = owners;
      if (from === undefined || to === undefined || owners.size !== 1) continue;
      const detail = `${file.path} needs ${name}, which the linker does not find at ${found[0]!.path}`;
      this.#discovery.addEdge(from, to, detail, Evidence.inferred);
    }
  }

  /** Files with a missing name, or with it as their SONAME, by machine and name. */
  #findElsewhere(): Map<string, FileNode[]> {
    const places = new Map<string, FileNode[]>(this.#missing.map(({ key, name }) => [`${key} ${name}`, []]));
    if (places.size === 0) return places;
    for (const { node, facts } of this.#files) {
      const key = machineKey(facts);
      const read = key === undefined ? undefined : readProgramFacts(facts);
      const soname = read?.kind === "elf" ? read.needs.soname : "";
      for (const name of new Set([soname, node.name])) places.get(`${key} ${name}`)?.push(node);
    }
    return places;
  }

  #report(file: FileNode, name: string, elsewhere?: FileNode): void {
    const owner = this.#discovery.packageOf(file);
    const known = `${owner} ${name}`;
    if (this.#reported.has(known)) return;
    this.#reported.add(known);
    const where =
      elsewhere === undefined ? "not in this image" : `only at ${elsewhere.path}, where the linker does not look`;
    const by = owner === undefined ? "" : `${this.#discovery.components[owner]!.name} `;
    this.#discovery.addUnmet(file.path, owner, { need: name, message: `${by}needs ${name}: ${where}` });
  }
}
