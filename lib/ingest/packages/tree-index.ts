import type { FileNode, FileTree } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";

/** Names of files and directories that are looked for in the whole image. */
const LANDMARKS = [
  "node_modules",
  ".pnp.cjs",
  ".pnp.js",
  ".pnp.data.json",
  "specifications",
  "vendor",
  "manifest.wall",
  "release",
  "java",
  "dotnet",
  "go",
  "rustc",
] as const;

export type Landmark = (typeof LANDMARKS)[number];

/** What package detection looks for in a whole image, found in one walk: a loop for each would be compiled for each. In the tree's order. */
export class TreeIndex {
  readonly directories: FileNode[] = [];
  readonly symlinks: FileNode[] = [];
  /** Files with a document. */
  readonly documents: FileNode[] = [];
  readonly #named = new Map<string, FileNode[]>(LANDMARKS.map((name) => [name, []]));

  constructor(tree: FileTree) {
    for (const node of tree.names) {
      if (node.kind === EntryKind.directory) this.directories.push(node);
      else if (node.kind === EntryKind.symlink) this.symlinks.push(node);
      else if (tree.document(node) !== undefined) this.documents.push(node);
      this.#named.get(node.name)?.push(node);
    }
  }

  /** Everything of these names, of whatever kind. */
  listNamed(...names: readonly Landmark[]): FileNode[] {
    return names.flatMap((name) => this.#named.get(name)!);
  }
}
