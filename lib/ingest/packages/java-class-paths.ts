import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import type { JavaArchive } from "./java-archive.ts";
import { joinPath } from "./join-path.ts";

/** Words of one Class-Path. */
const MAX_CLASS_PATH_WORDS = 1000;

/** Finds the archives that others name. */
export class JavaClassPaths {
  readonly #discovery: Discovery;
  readonly #byNode: ReadonlyMap<FileNode, JavaArchive>;

  constructor(discovery: Discovery, archives: readonly JavaArchive[]) {
    this.#discovery = discovery;
    this.#byNode = new Map(archives.map((archive) => [archive.node, archive]));
  }

  /** To the archives that the manifest's Class-Path names, relative to its own directory. The JVM ignores those that are missing. */
  addEdges({ node, index, parts }: JavaArchive): void {
    const words = parts[0]?.facts.manifest.get("Class-Path")?.split(/ +/) ?? [];
    for (const word of this.#discovery.takeDeclarations(words.slice(0, MAX_CLASS_PATH_WORDS))) {
      const to = this.#find(node, word);
      if (to !== undefined) this.#discovery.addEdge(index, to.index, `Class-Path: ${word}`);
    }
  }

  #find(from: FileNode, word: string): JavaArchive | undefined {
    const path = toPath(word);
    if (path === undefined || !this.#discovery.spendCandidate()) return undefined;
    const file = this.#discovery.tree.resolve(joinPath(from.parent?.path ?? "", path));
    return file === undefined ? undefined : this.#byNode.get(file);
  }
}

/** A Class-Path is of URLs; `undefined` for those of other machines, and for what is none. */
function toPath(word: string): string | undefined {
  const local = word.replace(/^file:(?:\/\/(?=\/))?/, "");
  if (local === "" || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(local)) return undefined;
  try {
    return decodeURIComponent(local);
  } catch {
    return local;
  }
}
