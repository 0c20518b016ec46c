import { type MarkerEnvironment, type Pyvenv, parsePth, parsePyvenv } from "#lib/formats/python/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readNode } from "./documents.ts";
import { joinPath } from "./join-path.ts";
import { markerEnvironment } from "./python-variables.ts";

/** Directories that all .pth files of an image add; real environments have a few. */
export const MAX_ADDED_DIRECTORIES = 10_000;

/** An environment: one interpreter and the directories in which it finds distributions. */
export interface PythonSite {
  /** Its directories in the order of its `sys.path`: those of its own, then those that it shares with others. */
  readonly own: readonly FileNode[];
  readonly shared: readonly FileNode[];
  readonly interpreter: FileNode | undefined;
  readonly variables: MarkerEnvironment;
}

/** Where an interpreter of a version has its packages: `PREFIX/lib/pythonX.Y/site-packages`. */
interface Place {
  readonly prefix: string;
  readonly implementation: string;
  readonly version: string;
}

const SITE_DIRECTORY = /^(?:(.*)\/)?lib(?:64)?\/(python|pypy)(\d(?:\.\d+)?)\/(?:site|dist)-packages$/;
const PROGRAM = /^(python|pypy)(\d\.\d+)$/;
/** The prefixes of the system's interpreters, in the order of PATH. */
const SYSTEM_PREFIXES = ["usr/local", "usr"];
const USER_PREFIX = /(?:^|\/)\.local$/;

/** Whether a directory is one that an interpreter searches. */
export function isSiteDirectory(node: FileNode): boolean {
  return node.name.endsWith("-packages") && node.kind === EntryKind.directory && SITE_DIRECTORY.test(node.path);
}

/**
 * The environments of an image. A directory belongs to the interpreter of its prefix and version, a virtual environment is one of its
 * own (PEP 405), and any other directory (`pip install --target`, a project with its metadata) is searched before the default
 * interpreter's, unless an environment's .pth file has added it.
 */
export class PythonSites {
  readonly #discovery: Discovery;
  readonly #sites = new Map<FileNode, PythonSite>();
  /** For a directory that a .pth file adds, the directory of that file. */
  readonly #addedBy = new Map<FileNode, FileNode>();
  readonly #systems = new Map<FileNode, FileNode[]>();
  #default: PythonSite | undefined;
  #addedCount = 0;

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
    for (const node of discovery.index.directories) if (isSiteDirectory(node)) this.of(node);
  }

  of(directory: FileNode): PythonSite {
    const site = this.#sites.get(directory) ?? this.#open(this.#addedBy.get(directory) ?? directory);
    this.#sites.set(directory, site);
    return site;
  }

  #open(directory: FileNode): PythonSite {
    const [, prefix = "", implementation = "", version = ""] = SITE_DIRECTORY.exec(directory.path) ?? [];
    if (version === "") return this.#openOther(directory);
    const place = { prefix, implementation, version };
    const config = this.#readPyvenv(prefix);
    if (config !== undefined) return this.#openVenv(directory, place, config);
    const isUser = USER_PREFIX.test(prefix);
    const interpreter = this.#findProgram(isUser ? SYSTEM_PREFIXES : [prefix, ...this.#fallback(prefix)], place);
    const shared = interpreter === undefined ? [] : this.#listSystem(interpreter);
    const own = isUser || !shared.includes(directory) ? this.#withAdded(directory) : [];
    return { own, shared, interpreter, variables: this.#toVariables(interpreter, place) };
  }

  /** Debian's `/usr/local/lib/python3.13/dist-packages` is for the interpreter in `/usr/bin`. */
  #fallback(prefix: string): string[] {
    return prefix === "usr/local" ? ["usr"] : [];
  }

  #openVenv(directory: FileNode, place: Place, { home, version, includesSystem }: Pyvenv): PythonSite {
    const base = home.replace(/^\/+/, "").replace(/\/?bin\/?$/, "");
    const inside = this.#findProgram([place.prefix], place);
    const isCopy = inside?.path.startsWith(`${place.prefix}/`) === true;
    const interpreter =
      (isCopy || inside === undefined) && home !== "" ? (this.#findProgram([base], place) ?? inside) : inside;
    const shared = includesSystem && interpreter !== undefined ? this.#listSystem(interpreter) : [];
    const variables = this.#toVariables(interpreter, place, version);
    return { own: this.#withAdded(directory), shared, interpreter, variables };
  }

  #openOther(directory: FileNode): PythonSite {
    this.#default ??= this.#openDefault();
    return { ...this.#default, own: [directory] };
  }

  #openDefault(): PythonSite {
    const place = { prefix: "", implementation: "python", version: "3" };
    const interpreter = this.#findProgram(SYSTEM_PREFIXES, place);
    const shared = interpreter === undefined ? [] : this.#listSystem(interpreter);
    return { own: [], shared, interpreter, variables: this.#toVariables(interpreter, place) };
  }

  #toVariables(interpreter: FileNode | undefined, { implementation, version }: Place, fullVersion = "") {
    const exact = version.includes(".") ? version : (PROGRAM.exec(interpreter?.name ?? "")?.[2] ?? "");
    const { machine = "" } = this.#discovery.options;
    return markerEnvironment({ implementation, version: exact, fullVersion, machine });
  }

  /** The program, links followed: `usr/bin/python3` is `usr/bin/python3.13`. */
  #findProgram(prefixes: readonly string[], { implementation, version }: Place): FileNode | undefined {
    const names = [`${implementation}${version}`, `${implementation}${version[0]}`, implementation];
    for (const prefix of prefixes) {
      for (const name of names) {
        const file = this.#discovery.tree.resolve(joinPath(prefix, `bin/${name}`));
        if (file?.body !== undefined && this.#isVersion(file, version)) return file;
      }
    }
    return undefined;
  }

  #isVersion({ name }: FileNode, version: string): boolean {
    const [, , found = version] = PROGRAM.exec(name) ?? [];
    return found === version || found.startsWith(`${version}.`);
  }

  /**
   * A module of the standard library that no minimal installation has: Debian's packages of an interpreter and of its library are
   * two, and the first does not need the second.
   */
  findLibrary(interpreter: FileNode): FileNode | undefined {
    const [program] = PROGRAM.exec(interpreter.name) ?? [""];
    const prefix = interpreter.path.split("/").slice(0, -2).join("/");
    for (const lib of program === "" ? [] : ["lib64", "lib"]) {
      const file = this.#discovery.tree.resolve(joinPath(prefix, `${lib}/${program}/unittest/__init__.py`));
      if (file?.body !== undefined) return file;
    }
    return undefined;
  }

  /** The directories that an interpreter searches: those of its prefix; Debian and Fedora have it search `/usr/local`, too. */
  #listSystem(interpreter: FileNode): FileNode[] {
    const known = this.#systems.get(interpreter);
    if (known !== undefined) return known;
    const found = this.#listPaths(interpreter).flatMap((path) => {
      const directory = this.#discovery.tree.resolve(path);
      return directory?.kind === EntryKind.directory ? this.#withAdded(directory) : [];
    });
    const directories = [...new Set(found)];
    this.#systems.set(interpreter, directories);
    return directories;
  }

  #listPaths({ path, name }: FileNode): string[] {
    const prefix = path.split("/").slice(0, -2).join("/");
    const [program] = PROGRAM.exec(name) ?? ["python3"];
    const inPrefix = (base: string) => ["lib64", "lib"].map((lib) => joinPath(base, `${lib}/${program}/site-packages`));
    if (prefix !== "usr") return inPrefix(prefix);
    const hasOther = this.#discovery.tree.resolve(`usr/local/bin/${program}`) !== undefined;
    return [
      `usr/local/lib/${program}/dist-packages`,
      ...(hasOther ? [] : inPrefix("usr/local")),
      ...(program.startsWith("python3") ? ["usr/lib/python3/dist-packages"] : []),
      `usr/lib/${program}/dist-packages`,
      ...inPrefix("usr"),
    ];
  }

  /** The directory, and those that its .pth files add (Python documentation, "site"). */
  #withAdded(directory: FileNode): FileNode[] {
    const found = new Set([directory]);
    for (const file of directory.children.values()) {
      if (!file.name.endsWith(".pth") || file.kind === EntryKind.directory) continue;
      for (const path of parseDocument(this.#discovery, readNode(this.#discovery, file), parsePth) ?? []) {
        const added = this.#discovery.tree.resolve(joinPath(directory.path, path));
        if (added?.kind === EntryKind.directory && this.#add(added, directory)) found.add(added);
      }
    }
    return [...found];
  }

  /** False for the root, and past the limit, which is reported once. */
  #add(added: FileNode, directory: FileNode): boolean {
    if (added.path === "" || this.#addedCount > MAX_ADDED_DIRECTORIES) return false;
    this.#addedCount += 1;
    if (this.#addedCount > MAX_ADDED_DIRECTORIES) {
      this.#discovery.addLimit("directories in .pth files", MAX_ADDED_DIRECTORIES);
    } else if (!isSiteDirectory(added) && !this.#addedBy.has(added)) this.#addedBy.set(added, directory);
    return this.#addedCount <= MAX_ADDED_DIRECTORIES;
  }

  #readPyvenv(prefix: string): Pyvenv | undefined {
    const file = this.#discovery.tree.lookup(joinPath(prefix, "pyvenv.cfg"));
    const document = file === undefined ? undefined : readNode(this.#discovery, file);
    return parseDocument(this.#discovery, document, parsePyvenv);
  }
}
