import type { ElfNeeds } from "#lib/formats/elf/index.ts";
import { machineKey } from "#lib/formats/program-facts/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import { listConfDirectories, listLibraryNames, listMuslDirectories, listPlatforms } from "./library-paths.ts";

/** A file that needs libraries. */
export interface NeedingFile {
  readonly node: FileNode;
  readonly needs: ElfNeeds;
  /** `machineKey` of its facts. */
  readonly key: number;
}

/** Directories looked in for the libraries of one image. Those of 3,000 files of an ordinary image take some 20,000. */
export const MAX_LIBRARY_LOOKUPS = 1_000_000;
/** Directories kept by path. */
const MAX_CACHED_DIRECTORIES = 50_000;
const MUSL = /^ld-musl-(.+)\.so\.1$/;
/** Names that musl itself provides, with any ending (ldso/dynlink.c, `load_library`). */
const MUSL_ITSELF = /^lib(?:c|pthread|rt|m|dl|util|xnet)\./;
const TOKEN = /\$(?:\{(ORIGIN|LIB|PLATFORM)\}|(ORIGIN|LIB|PLATFORM)(?!\w))/g;
const HWCAPS = "glibc-hwcaps";

/**
 * Finds needed libraries in the tree as the dynamic linker would when it starts with this file: ld.so(8) of the GNU C library, or
 * musl's. The processor is the oldest of its kind, so that variants for newer ones (`glibc-hwcaps`) count only where nothing else is.
 */
export class LibrarySearch {
  readonly #discovery: Discovery;
  readonly #libraryPath: readonly string[];
  readonly #conf: readonly string[];
  readonly #musl: ReadonlyMap<number, { readonly node: FileNode; readonly directories: readonly string[] }>;
  readonly #directories = new Map<string, FileNode | undefined>();
  /** By key and name: what the default directories of the C library have. */
  readonly #defaults = new Map<string, FileNode | undefined>();
  #lookups = 0;

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
    this.#libraryPath = (discovery.options.libraryPath ?? "").split(/[:;]/).filter((path) => path !== "");
    this.#conf = listConfDirectories(discovery);
    this.#musl = this.#findMusl();
  }

  /** True once the look-ups are spent: what has not been found may be there all the same. */
  get isSpent(): boolean {
    return this.#lookups > MAX_LIBRARY_LOOKUPS;
  }

  /** Whether there may be more look-ups after these. Reports once that there may not. */
  spend(count = 1): boolean {
    const wasSpent = this.isSpent;
    this.#lookups += count;
    if (this.isSpent && !wasSpent) this.#discovery.addLimit("look-ups of libraries", MAX_LIBRARY_LOOKUPS);
    return !this.isSpent;
  }

  /** The file that the linker would load for this name; `undefined` if it would find none. */
  find(file: NeedingFile, name: string): FileNode | undefined {
    if (name.includes("/")) return this.#matching(this.#discovery.tree.resolve(name), file.key);
    return this.isForMusl(file) ? this.#findForMusl(file, name) : this.#findForGlibc(file, name);
  }

  /** ld.so(8): DT_RPATH unless there is a DT_RUNPATH, LD_LIBRARY_PATH, DT_RUNPATH, then what ldconfig is told, then the defaults. */
  #findForGlibc(file: NeedingFile, name: string): FileNode | undefined {
    const { rpath, runpath } = file.needs;
    return (
      (runpath === "" ? this.#among(expand(file, rpath), name, file.key) : undefined) ??
      this.#among(this.#libraryPath, name, file.key) ??
      this.#among(expand(file, runpath), name, file.key) ??
      this.#findDefault(file, name)
    );
  }

  #findDefault({ key, needs: { machine, bits } }: NeedingFile, name: string): FileNode | undefined {
    const known = `${key} ${name}`;
    if (!this.#defaults.has(known)) {
      const names = listLibraryNames(machine, bits).flatMap((lib) => [`/${lib}`, `/usr/${lib}`]);
      this.#defaults.set(known, this.#among([...this.#conf, ...names], name, key));
    }
    return this.#defaults.get(known);
  }

  /** musl: itself, LD_LIBRARY_PATH, the file's own path of either kind, then its directories. */
  #findForMusl(file: NeedingFile, name: string): FileNode | undefined {
    const musl = this.#musl.get(file.key);
    if (musl !== undefined && (MUSL_ITSELF.test(name) || name === musl.node.name)) return musl.node;
    const own = file.needs.runpath || file.needs.rpath;
    return (
      this.#among(this.#libraryPath, name, file.key) ??
      this.#among(expand(file, own), name, file.key) ??
      this.#among(musl?.directories ?? [], name, file.key)
    );
  }

  /** By the interpreter; a library is for whichever C library it needs, or else for the one that the image has. */
  isForMusl({ key, needs: { interpreter, needed } }: NeedingFile): boolean {
    if (interpreter !== "") return /\/ld-musl-[^/]*$/.test(interpreter);
    if (!this.#musl.has(key)) return false;
    return !needed.some((name) => name === "libc.so.6" || name.startsWith("ld-linux"));
  }

  #findMusl() {
    const found = new Map<number, { node: FileNode; directories: string[] }>();
    const { tree } = this.#discovery;
    const library = tree.resolve("lib");
    for (const name of library?.children.keys() ?? []) {
      const arch = MUSL.exec(name)?.[1];
      const node = arch === undefined ? undefined : tree.resolve(`lib/${name}`);
      const key = node === undefined ? undefined : machineKey(tree.document(node));
      if (key !== undefined) found.set(key, { node: node!, directories: listMuslDirectories(this.#discovery, arch!) });
    }
    return found;
  }

  /** The first file of that name and machine in these directories. */
  #among(directories: readonly string[], name: string, key: number): FileNode | undefined {
    for (const path of directories) {
      if (!this.spend()) return undefined;
      const directory = this.#open(path);
      const found =
        directory === undefined ? undefined : (this.#in(directory, name, key) ?? this.#variant(directory, name, key));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #variant(directory: FileNode, name: string, key: number): FileNode | undefined {
    for (const variant of directory.children.get(HWCAPS)?.children.values() ?? []) {
      const found = this.#in(variant, name, key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #in(directory: FileNode, name: string, key: number): FileNode | undefined {
    const child = directory.children.get(name);
    if (child === undefined) return undefined;
    return this.#matching(child.linkTarget === "" ? child : this.#discovery.tree.resolve(child.path), key);
  }

  /** The linker passes over files of another machine. */
  #matching(node: FileNode | undefined, key: number): FileNode | undefined {
    return node !== undefined && machineKey(this.#discovery.tree.document(node)) === key ? node : undefined;
  }

  #open(path: string): FileNode | undefined {
    if (!this.#directories.has(path)) {
      if (this.#directories.size === MAX_CACHED_DIRECTORIES) this.#directories.clear();
      this.#directories.set(path, this.#discovery.tree.resolve(path));
    }
    return this.#directories.get(path);
  }
}

/** The directories of a file's own path. Those relative to the working directory are left out: an image does not decide it. */
function expand(file: NeedingFile, path: string): readonly string[] {
  if (path === "") return [];
  return path
    .split(":")
    .flatMap((each) => expandTokens(file, each))
    .filter((directory) => directory.startsWith("/"));
}

/** ld.so(8), "Dynamic string tokens". What `$LIB` and `$PLATFORM` mean depends on the distribution: each of their meanings. */
function expandTokens({ node, needs: { machine, bits } }: NeedingFile, path: string): string[] {
  const meanings = [...new Set(Array.from(path.matchAll(TOKEN), (found) => found[1] ?? found[2]!))];
  const values: Readonly<Record<string, readonly string[]>> = {
    ORIGIN: [`/${node.parent?.path ?? ""}`],
    LIB: listLibraryNames(machine, bits),
    PLATFORM: listPlatforms(machine, bits),
  };
  let paths = [path];
  for (const token of meanings) {
    const pattern = new RegExp(`\\$(?:\\{${token}\\}|${token}(?!\\w))`, "g");
    paths = paths.flatMap((each) => values[token]!.map((value) => each.replace(pattern, () => value)));
  }
  return paths;
}
