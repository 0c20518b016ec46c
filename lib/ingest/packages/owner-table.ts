import type { FileNode, FileTree } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";

/** A row of a layer's entries: the position of a name or a body. */
interface Place {
  readonly layer: number;
  readonly entry: number;
}

/**
 * A number for each entry of each layer, -1 at first. Rows of numbers rather than a map of objects: for 600,000 names they take
 * 2.4 MB, and nothing for the garbage collector to walk.
 */
export class EntryTable {
  readonly #rows: readonly Int32Array[];

  /** Throws a RangeError if a place's layer is not one of the image's, which is an internal error. */
  constructor(nodes: readonly FileNode[], layerCount: number) {
    const counts = new Array<number>(layerCount).fill(0);
    const include = ({ layer, entry }: Place) => {
      if (entry < 0) return;
      if (layer >= layerCount) throw new RangeError(`a name in layer ${layer} of ${layerCount}`);
      counts[layer] = Math.max(counts[layer]!, entry + 1);
    };
    for (const node of nodes) {
      include(node);
      if (node.body !== undefined) include(node.body);
    }
    this.#rows = counts.map((count) => new Int32Array(count).fill(-1));
  }

  at({ layer, entry }: Place): number {
    return this.#rows[layer]?.[entry] ?? -1;
  }

  /** A directory that no entry made has no place, and keeps -1. */
  set({ layer, entry }: Place, value: number): void {
    const row = this.#rows[layer];
    if (row !== undefined && entry >= 0) row[entry] = value;
  }
}

/** The owner of each name. Directories have no owner: packages share them, and they have no bytes. */
export class OwnerTable {
  readonly #owners: EntryTable;

  constructor(nodes: readonly FileNode[], layerCount: number) {
    this.#owners = new EntryTable(nodes, layerCount);
  }

  /** The owner's position in the list of components, `undefined` if the name is unowned. */
  get(node: FileNode): number | undefined {
    const owner = this.ownerOf(node);
    return owner < 0 ? undefined : owner;
  }

  /** The same with -1 for none. */
  ownerOf(node: FileNode): number {
    return this.#owners.at(node);
  }

  /** Assigns an unowned name to a component. An owned name keeps its owner: the first to list a file owns it. */
  claim(node: FileNode, owner: number): void {
    if (node.kind !== EntryKind.directory && this.ownerOf(node) < 0) this.#owners.set(node, owner);
  }
}

/** Directories whose place is cached; a system has some 20,000, a hostile list a million. */
const MAX_CACHED_DIRECTORIES = 50_000;

/**
 * Finds the names that a package lists. Packages list paths as they were packed: if a parent directory has since become a symlink
 * (`/lib` → `usr/lib`, the merged /usr), the file is at the link's target. The last part is never followed: a package that lists
 * a symlink owns the symlink.
 */
export class ListedPaths {
  readonly #tree: FileTree;
  readonly #directories = new Map<string, FileNode | undefined>();

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  find(path: string): FileNode | undefined {
    const slash = path.lastIndexOf("/");
    const directory = slash < 0 ? this.#tree.root : this.#resolve(path.slice(0, slash));
    return directory?.children.get(path.slice(slash + 1));
  }

  /** Where a listed path is, whether or not a file is there: equal for two paths that lead to one place. */
  place(path: string): string {
    const slash = path.lastIndexOf("/");
    const directory = slash < 0 ? this.#tree.root : this.#resolve(path.slice(0, slash));
    return directory === undefined ? path : `${directory.path}/${path.slice(slash + 1)}`;
  }

  #resolve(path: string): FileNode | undefined {
    let directory = this.#directories.get(path);
    if (directory === undefined && !this.#directories.has(path)) {
      directory = this.#tree.resolve(path);
      if (this.#directories.size === MAX_CACHED_DIRECTORIES) this.#directories.clear();
      this.#directories.set(path, directory);
    }
    return directory;
  }
}
