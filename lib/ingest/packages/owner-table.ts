import type { FileNode, FileTree } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";

/**
 * Who owns which name. Rows of numbers, by layer and entry, rather than a map of nodes: 600,000 names cost 2.4 MB.
 * Directories have no owner: packages share them, and they hold no bytes.
 */
export class OwnerTable {
  readonly #rows: readonly Int32Array[];

  constructor(nodes: readonly FileNode[], layerCount: number) {
    const counts = new Array<number>(layerCount).fill(0);
    for (const { layer, entry } of nodes) {
      if (entry < 0) continue;
      if (layer >= layerCount) throw new RangeError(`a name of layer ${layer}, where there are ${layerCount}`);
      counts[layer] = Math.max(counts[layer]!, entry + 1);
    }
    this.#rows = counts.map((count) => new Int32Array(count).fill(-1));
  }

  /** The owner's position in the list of components, `undefined` where nobody owns the name. */
  get(node: FileNode): number | undefined {
    const owner = this.ownerOf(node);
    return owner < 0 ? undefined : owner;
  }

  /** The same with -1 for nobody. */
  ownerOf(node: FileNode): number {
    return this.#rows[node.layer]?.[node.entry] ?? -1;
  }

  /** Gives an unowned name to a component. A name that has its owner keeps it: the first to list a file owns it. */
  claim(node: FileNode, owner: number): void {
    if (node.kind !== EntryKind.directory && this.ownerOf(node) < 0) this.assign(node, owner);
  }

  assign(node: FileNode, owner: number): void {
    const row = this.#rows[node.layer];
    if (row !== undefined && node.entry >= 0) row[node.entry] = owner;
  }
}

/**
 * Finds the names that a package lists. Packages list paths as they were packed: where a parent directory has since become
 * a symlink (`/lib` → `usr/lib`, the merged /usr), the file is where the link leads. The last part is never followed: a
 * package that lists a symlink owns the symlink.
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

  #resolve(path: string): FileNode | undefined {
    let directory = this.#directories.get(path);
    if (directory === undefined && !this.#directories.has(path)) {
      directory = this.#tree.resolve(path);
      this.#directories.set(path, directory);
    }
    return directory;
  }
}
