import { readProgramFacts } from "#lib/formats/program-facts/index.ts";
import type { NeededVersion } from "#lib/model/elf-needs.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import type { LibrarySearch, NeedingFile } from "./library-search.ts";

/** Libraries whose versions are kept: each may define thousands, and most files need the same few. */
const MAX_CACHED_LIBRARIES = 64;

/** `GLIBC_2.36`: names of one series are ordered by their numbers. */
const NUMBERED = /^(.*?)[\d.]+$/;
const BY_NUMBER = new Intl.Collator("en", { numeric: true });

/**
 * Compares the versions of symbols that files need with those that the libraries found define, as the GNU linker does when a program
 * starts (glibc, elf/dl-version.c): a library that defines no versions satisfies every need, and weak needs may stay open. musl
 * ignores versions.
 */
export class SymbolVersions {
  readonly #discovery: Discovery;
  readonly #search: LibrarySearch;
  readonly #defined = new Map<FileNode, ReadonlySet<string>>();
  readonly #reported = new Set<string>();

  constructor(discovery: Discovery, search: LibrarySearch) {
    this.#discovery = discovery;
    this.#search = search;
  }

  /** Reports the versions that this file needs of a library found for it, by name, and that the library lacks: once for each owner. */
  check(file: NeedingFile, found: ReadonlyMap<string, FileNode>): void {
    if (this.#search.isForMusl(file)) return;
    const needed = Map.groupBy(file.needs.versionsNeeded, (version) => version.file);
    for (const [name, versions] of needed) {
      const library = found.get(name);
      if (library === undefined) continue;
      if (!this.#search.spend(versions.length)) return;
      const defined = this.#load(library);
      const missing = listMissingVersions(versions, defined);
      if (missing.length > 0) this.#report(file.node, missing, defined);
    }
  }

  /** Loading costs as many look-ups as there are versions: a hostile image has many libraries of thousands. */
  #load(library: FileNode): ReadonlySet<string> {
    const known = this.#defined.get(library);
    if (known !== undefined) return known;
    const document = this.#discovery.tree.document(library);
    const read = document === undefined ? undefined : readProgramFacts(document);
    const defined = new Set(read?.kind === "elf" ? read.needs.versionsDefined : []);
    this.#search.spend(defined.size);
    if (this.#defined.size === MAX_CACHED_LIBRARIES) this.#defined.clear();
    this.#defined.set(library, defined);
    return defined;
  }

  #report(node: FileNode, missing: readonly NeededVersion[], defined: ReadonlySet<string>): void {
    const owner = this.#discovery.packageOf(node);
    const [{ file, name }] = missing as [NeededVersion];
    const known = `${owner} ${file} ${name}`;
    if (this.#reported.has(known) || !this.#search.spend(defined.size)) return;
    this.#reported.add(known);
    const by = owner === undefined ? "" : `${this.#discovery.components[owner]!.name} `;
    const newest = findNewestVersion(name, defined);
    const what = newest === undefined ? "does not define it" : `defines up to ${newest}`;
    const others = missing.length - 1;
    const more = others === 0 ? "" : `; ${others} more ${others === 1 ? "is" : "are"} missing`;
    const need = `${name} of ${file}`;
    this.#discovery.addUnmet(node.path, owner, { need, message: `${by}needs ${need}, which ${what}${more}` });
  }
}

/** Of the versions that a file needs of one library, those that the library must define and does not. */
export function listMissingVersions(
  versions: readonly NeededVersion[],
  defined: ReadonlySet<string>,
): readonly NeededVersion[] {
  if (defined.size === 0) return [];
  // The linker finds a library's own name among its versions, too.
  return versions.filter(({ name, file, isWeak }) => !isWeak && !defined.has(name) && name !== file);
}

/** The last version of the same series, if the one asked for is later. O(n). */
export function findNewestVersion(name: string, defined: ReadonlySet<string>): string | undefined {
  const series = NUMBERED.exec(name)?.[1];
  if (series === undefined) return undefined;
  let newest: string | undefined;
  for (const each of defined)
    if (NUMBERED.exec(each)?.[1] === series && (newest === undefined || BY_NUMBER.compare(newest, each) < 0))
      newest = each;
  return newest !== undefined && BY_NUMBER.compare(newest, name) < 0 ? newest : undefined;
}
