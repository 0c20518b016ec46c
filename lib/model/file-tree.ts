import type { EntryKind } from "./layer.ts";

/** One name in a squashed tree, as containers see it. */
export interface FileNode {
  /** Relative to the root, "" for the root itself. */
  readonly path: string;
  readonly name: string;
  readonly kind: EntryKind;
  /** A symlink's target, else "". */
  readonly linkTarget: string;
  /**
   * The body of this name; several names of one body are hard links. `undefined` except for regular files. Compare bodies by
   * layer and entry: the objects may be created on each access.
   */
  readonly body: FileBody | undefined;
  readonly parent: FileNode | undefined;
  readonly children: ReadonlyMap<string, FileNode>;
  /** Origin of the name: the image's layer (0 the lowest) and the row of its entry there; -1 for a directory without an entry. */
  readonly layer: number;
  readonly entry: number;
}

/** A regular file's body: stored once in one layer, visible under one or more names. */
export interface FileBody {
  readonly layer: number;
  /** Row of the entry with the body. */
  readonly entry: number;
  readonly byteCount: number;
}

/** The squashed tree of an image, as package detection reads it. */
export interface FileTree {
  readonly root: FileNode;
  /** Every visible name, parents before children, the root first. */
  readonly names: readonly FileNode[];
  /** The name at this path, following no symlinks, not even the last part. */
  lookup(path: string): FileNode | undefined;
  /**
   * The target of this path, every symlink followed inside the root; `undefined` if it dangles, loops or is 40 links deep, and
   * once the tree's steps are spent.
   */
  resolve(path: string): FileNode | undefined;
  /** True once look-ups have spent all their steps together: the image decides how many links its paths have. */
  readonly isExhausted: boolean;
  /** The kept body of a file for which `isDocument` is true, else `undefined`. */
  document(node: FileNode): Uint8Array | undefined;
  /** Each text in a file of a store item that may be the hash part of another item, distinct; of other files none. */
  hashParts(node: FileNode): readonly string[];
}
